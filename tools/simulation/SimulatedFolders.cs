using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Simulation;

/// <summary>Results folders on disk, with lock and journal, that keep their segments elsewhere and derive nothing.</summary>
/// <param name="disk">The real ones.</param>
/// <param name="segments">Stands before the real segments.</param>
internal sealed class SimulatedFolders(ISweepFolders disk, Func<ISegmentStore, ISegmentStore> segments) : ISweepFolders
{
    public ISweepFolder OpenForWriting(SweepPlan plan, string path) => new Folder(disk.OpenForWriting(plan, path), segments);

    private sealed class Folder(ISweepFolder folder, Func<ISegmentStore, ISegmentStore> segments) : ISweepFolder
    {
        public IJournal Journal => folder.Journal;

        public ISegmentStore Segments { get; } = segments(folder.Segments);

        public void Derive(SweepPlan plan, SweepHistory history)
        {
        }

        public void Dispose() => folder.Dispose();
    }
}
