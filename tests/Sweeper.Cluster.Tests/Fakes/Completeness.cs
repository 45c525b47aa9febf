using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>Whether a folder holds exactly what a plan asks for, computed without anything that wrote it.</summary>
internal static class Completeness
{
    public static void AssertHolds(this MemoryFolder folder, SweepPlan plan)
    {
        var packs = SweepHistory.Fold(folder.Journal).Current(plan.Packs).ToList();
        Assert.Equal(packs.Count, folder.Published.Count);
        foreach (var pack in packs)
        {
            var work = plan.WorkFor(pack, (_, _) => true);
            var blocks = folder.Published[$"{pack.Id}-0.parquet"].Blocks;
            Assert.Equal(work.Schedule.Snapshots.Select(snapshot => snapshot.Step), blocks.Select(block => block.Step));
            foreach (var block in blocks)
            {
                var expected = work.Wanted.SelectMany(trial => Enumerable.Repeat(FakeRunner.Value(work, trial, block.Step), block.Width));
                Assert.Equal(expected, block.Values.ToArray());
            }
        }

        Assert.Equal(0, folder.StagedCount);
        Assert.False(folder.IsOpen);
    }
}
