using System.Runtime.InteropServices;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Files;
using Sweeper.Results.Journaling;

namespace Sweeper.Results.Folders;

/// <summary>Opens results folders on disk.</summary>
/// <param name="version">Version of the program, for provenance.</param>
/// <param name="commit">Commit of its source, or null where the build did not know it.</param>
/// <param name="note">
/// Told one sentence for everything that was found amiss and repaired, and for every figure without anything to draw.
/// </param>
/// <param name="clock">The coordinator's clock.</param>
/// <param name="theory">Predictions that stand beside what was trained; null for none.</param>
/// <param name="roots">Where folders may lie that others ask for; null: anywhere.</param>
public sealed class SweepFolders(
    string version, string? commit = null, Action<string>? note = null, TimeProvider? clock = null, ITheory? theory = null,
    ResultRoots? roots = null) : ISweepFolders
{
    /// <inheritdoc/>
    public ISweepFolder OpenForWriting(SweepPlan plan, string path)
    {
        var folder = new ResultFolder(roots?.Admit(path) ?? Path.GetFullPath(path));
        return DiskFault.Guard(folder.Path, () => Open(plan, folder));
    }

    private SweepFolder Open(SweepPlan plan, ResultFolder folder)
    {
        if (File.Exists(folder.Path))
        {
            throw new SweepException(ExitCode.Preflight, "this is a file, not a folder", "name another folder with --results", folder.Path);
        }

        ReservedNames.Check(plan.Experiment);
        Provenance.CheckOwner(folder, plan.Name, plan.Experiment.Name);
        var text = JournalText.Read(folder.Journal);
        CreateFolders(folder);
        var writer = WriterLock.Take(folder, text.LastEpoch);
        JournalFile? journal = null;
        try
        {
            // Read again under the lock: another writer may have ended in between.
            journal = JournalFile.Open(folder, writer, JournalText.Read(folder.Journal), note ?? (_ => { }));
            Describe(plan, folder);
            new Recovery(folder, journal, writer, note ?? (_ => { }), clock ?? TimeProvider.System).Run();
            return new SweepFolder(folder, writer, journal, theory, note ?? (_ => { }));
        }
        catch
        {
            journal?.Dispose();
            writer.Dispose();
            throw;
        }
    }

    private static void CreateFolders(ResultFolder folder)
    {
        var isNew = !Directory.Exists(folder.Path);
        foreach (var part in (string[])[folder.Path, folder.Segments, folder.Staging, folder.Figures, folder.Logs])
        {
            Directory.CreateDirectory(part);
        }

        if (isNew)
        {
            Sync.Folder(Path.GetDirectoryName(folder.Path)!);
        }
    }

    private void Describe(SweepPlan plan, ResultFolder folder)
    {
        if (!File.Exists(folder.Provenance))
        {
            var provenance = new Provenance(
                Provenance.CurrentFormat, plan.Name, plan.Experiment.Name, version, commit, RuntimeInformation.FrameworkDescription,
                Environment.MachineName, $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
                (clock ?? TimeProvider.System).GetUtcNow());
            DurableFile.ReplaceText(folder.Provenance, folder.Staged("provenance.json"), provenance.ToJson());
        }

        DurableFile.ReplaceText(folder.SweepFile, folder.Staged("sweep.yaml"), plan.ResolvedText);
        DurableFile.ReplaceText(folder.Readme, folder.Staged("README.txt"), FolderReadme.Text);
    }
}
