using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Cluster.Tests.Transcript;

/// <summary>
/// A copy of the results folder of format 1 that lies beside this file: made by real runs that were killed, made to fail and
/// changed on the way. It holds committed, diverged, failed, missing and orphaned trials, an attempt that was lost, superseded
/// segments, a staged file and a cut-off journal line. Folders like it must be read and resumed for ever: never make it anew.
/// </summary>
internal sealed class CommittedFolder : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    public CommittedFolder()
    {
        foreach (var file in Directory.EnumerateFiles(Original, "*", SearchOption.AllDirectories))
        {
            var copy = temporary.In(Path.GetRelativePath(Original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Original => Path.Combine(Root, "tests/Sweeper.Cluster.Tests/Transcript");

    /// <summary>Runs a command line that reads, in this process.</summary>
    public async Task<string> Read(string command)
    {
        using var output = new StringWriter();
        var words = TranscriptPage.Words(command)
            .Select(word => word.StartsWith("results/", StringComparison.Ordinal) ? temporary.In(word) : word);
        var code = await global::Sweeper.CommandLine.RunAsync([.. words], output, output);
        return Ended(output.ToString().Replace(temporary.Path + "/", "", StringComparison.Ordinal), code);
    }

    /// <summary>Runs a command line that trains, in a process of its own, with the numerics of this machine.</summary>
    public string Train(string command)
    {
        var ended = SweeperProcess.Shell(temporary.Path, $"$SWEEPER {command}");
        return Ended(ended.Output + ended.Error, ended.ExitCode);
    }

    public string In(string name) => temporary.In(name);

    public void Dispose() => temporary.Dispose();

    private static string Ended(string output, int code) => code == 0 ? output : $"{output}(exit code {code})\n";

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Sweeper.sln")) ? folder.FullName : FindRoot(folder.Parent!);
}
