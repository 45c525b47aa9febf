using System.Collections.Immutable;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Deriving;
using Sweeper.Results.Files;
using Sweeper.Results.Journaling;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Folders;

/// <summary>A results folder on disk, open for writing.</summary>
internal sealed class SweepFolder(ResultFolder folder, WriterLock writer, JournalFile journal, ITheory? theory, Action<string> note)
    : ISweepFolder
{
    /// <inheritdoc/>
    public IJournal Journal => journal;

    /// <inheritdoc/>
    public ISegmentStore Segments { get; } = new SegmentStore(folder, writer);

    /// <inheritdoc/>
    public void Derive(SweepPlan plan, SweepHistory history) =>
        DiskFault.Guard(folder.Path, () => new Derivation(folder, writer, plan, history, theory, note).Run());

    /// <inheritdoc/>
    public void Tell(ImmutableArray<WaitingWorker> waiting) => WaitingFile.Write(folder, waiting);

    /// <inheritdoc/>
    public void Dispose()
    {
        WaitingFile.Write(folder, []);
        journal.Dispose();
        writer.Dispose();
    }
}
