using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>Whether a folder holds exactly what a plan asks for, computed without anything that wrote it.</summary>
internal static class Completeness
{
    public static void AssertHolds(this MemoryFolder folder, SweepPlan plan)
    {
        var packs = SweepHistory.Fold(folder.Journal).Current(plan.Packs).ToList();
        Assert.Equal(packs.Select(pack => pack.Id).ToHashSet(), folder.Published.Values.Select(segment => segment.Header.Pack).ToHashSet());
        foreach (var pack in packs)
        {
            var work = plan.WorkFor(pack, (_, _) => true);
            var segments = folder.Published.Values.Where(segment => segment.Header.Pack == pack.Id)
                .OrderBy(segment => segment.Header.Interval).ToList();
            Assert.Equal(Enumerable.Range(0, segments.Count), segments.Select(segment => segment.Header.Interval));
            var blocks = segments.SelectMany(segment => segment.Blocks).ToList();
            Assert.Equal(work.Schedule.Snapshots.Select(snapshot => snapshot.Step), blocks.Select(block => block.Step));
            foreach (var block in blocks)
            {
                var expected = work.Wanted.SelectMany(trial => Enumerable.Repeat(FakeRunner.Value(work, trial, block.Step), block.Width));
                Assert.Equal(expected, block.Values.ToArray());
            }
        }

        Assert.Empty(folder.Checkpoints);
        Assert.Equal(0, folder.StagedCount);
        Assert.False(folder.IsOpen);
    }
}
