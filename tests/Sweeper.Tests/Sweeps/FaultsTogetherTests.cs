using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.CommandLine;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

/// <summary>All faults of a file are told together: in the order of the file, each once, without those that follow from another.</summary>
public sealed class FaultsTogetherTests
{
    [Fact]
    public void Every_fault_of_a_file_is_told_at_its_place_and_none_that_follows_from_another()
    {
        const string Text = """
            sweep: Bad Name
            experiment: toy
            gird: { depth: [2] }
            fixed: { widht: 2, lr: 1e-400, lr: 3 }
            grid: { noise: linspace(0, 1, x), depth: [2, four, -1] }
            zip: [ { weight_decay: [0, 1], optimizer: [gd, adam] } ]
            derive: { snr: 1 / noize, twice: 2 * snr }
            exclude: [ "snr > 2", "dept == 2", "twice > 1" ]
            when: { bias: "snr > 2" }
            seeds: 3
            measure:
              - { at: [1, x], metrics: [los, norm, nrm] }
              - { aat: end, metrics: [loss] }
            figures: [ { metric: loss, x: snr, colur: depth, rows: nois, where: { depth: 60, noise: 3 } } ]
            keep: { weights: all }
            """;
        var fault = Assert.Throws<SweepException>(() => FakeCatalog.Plan(Text, new SweepOverrides(null, ["students=many"], "x")));
        Assert.False(fault.MayHaveMore);
        Assert.Equal(
            [
                "1:8 'Bad Name' cannot be part of a folder's name",
                "3:1 unknown key 'gird'",
                "4:10 experiment 'toy' has no hyperparameter 'widht'",
                "4:24 1e-400 is too near to 0 for a double",
                "4:32 the key 'lr' stands twice (first on line 4)",
                "5:31 'linspace' takes finite numbers, but 'x' stands here",
                "5:46 'depth' must be a whole number, but 'four' stands here",
                "5:52 'depth' cannot be -1",
                "7:20 experiment 'toy' has no hyperparameter 'noize'",
                "8:24 experiment 'toy' has no hyperparameter 'dept'",
                "12:15 a step must be a whole number, but 'x' stands here",
                "12:29 experiment 'toy' has no metric 'los'",
                "12:40 experiment 'toy' has no metric 'nrm'",
                "13:7 unknown key 'aat' in an entry of 'measure'",
                "14:36 unknown key 'colur' in a figure",
                "14:56 'nois' tells no curves apart",
                "15:18 'weights' of 'keep' cannot be 'all'",
                "--set students=many 'students' must be a whole number, but 'many' stands here",
                "--seeds x the number of seeds (or a range `0..19`, or a list) must be a whole number, but 'x' stands here",
            ],
            fault.Others.Prepend(fault).Select(one => $"{Place(one)} {one.Message}"));
    }

    [Fact]
    public void Broken_constraints_and_undefined_metrics_are_told_together_once_each()
    {
        var fault = Assert.Throws<SweepException>(() => FakeCatalog.Plan(
            "sweep: a\nexperiment: toy\nfixed: { steps: 10 }\nmeasure: [ { at: [20], metrics: [loss] }, { at: [5, "
            + "30], metrics: [norm] } ]"));
        Assert.Equal(
            ["step 20 is never reached: training ends at step 10", "step 30 is never reached: training ends at step 10"],
            fault.Others.Prepend(fault).Select(one => one.Message));
        Assert.Empty(Assert.Throws<SweepException>(() => FakeCatalog.Plan(
            "sweep: a\nexperiment: toy\ngrid: { width: [1, 2], noise: [0, 1] }\nmeasure: [ { at: [2000], metrics: [loss] } ]")).Others);
    }

    [Fact]
    public void Of_very_many_faults_the_first_are_told()
    {
        var keys = string.Concat(Enumerable.Range(0, 1000).Select(key => $"zzzzzz{key}: 1\n"));
        var fault = Assert.Throws<SweepException>(() => FakeCatalog.Plan("sweep: a\nexperiment: toy\n" + keys));
        Assert.True(fault.MayHaveMore);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(key => $"unknown key 'zzzzzz{key}'"), fault.Others.Prepend(fault).Select(one => one.Message));
    }

    [Fact]
    public async Task A_user_sees_each_with_its_line_and_how_many_there_are()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                path,
                "sweep: a\nexperiment: teacher-student\ngird: { depth: [2] }\nseeds: none\n"
                + "figures: [ lss, { metric: loss, kind: summry } ]\n", TestContext.Current.CancellationToken);
            var run = await InProcess.Run("plan", path);
            Assert.Equal(2, run.ExitCode);
            Assert.Equal(
                $"""
                error: unknown key 'gird'
                  {path}:3:1
                    gird: {"{"} depth: [2] {"}"}
                    ^
                  did you mean 'grid'?

                error: the number of seeds (or a range `0..19`, or a list) must be a whole number, but 'none' stands here
                  {path}:4:8
                    seeds: none
                           ^
                  write a number such as 1

                error: unknown figure 'lss'
                  {path}:5:12
                    figures: [ lss, {"{"} metric: loss, kind: summry {"}"} ]
                               ^
                  did you mean 'loss'?

                error: there is no kind of figure 'summry'
                  {path}:5:17
                    figures: [ lss, {"{"} metric: loss, kind: summry {"}"} ]
                                    ^
                  did you mean 'summary'?

                4 errors; nothing was started

                """,
                run.Error);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Place(SweepException fault) => fault.Place!.StartsWith("toy.yaml:", StringComparison.Ordinal)
        ? fault.Place.Split('\n')[0]["toy.yaml:".Length..]
        : fault.Place.Split('\n')[0].Trim();
}
