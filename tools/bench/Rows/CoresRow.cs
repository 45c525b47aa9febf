using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Bench.Measuring;
using Sweeper.Bench.Results;
using Sweeper.Benchmarks;
using Sweeper.Composition;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Running;

namespace Sweeper.Bench.Rows;

/// <summary>Two packs at once on two cores, as two workers train them, against the same two in turn.</summary>
internal sealed record CoresRow()
    : Row("cores", "two packs of students of 4 x 12 units, 256 examples, 64 lanes each: in turn, and at once on two cores")
{
    private const string InTurn = "in turn", AtOnce = "at once";

    /// <inheritdoc/>
    public override int Cores => 2;

    /// <inheritdoc/>
    public override ImmutableArray<Bar> Bars => [Bar.Times("two cores over one", 1.8, row => row.Ratio(InTurn, AtOnce))];

    /// <inheritdoc/>
    public override RowResult Measure()
    {
        var plan = SweepPlan.Parse(
            """
            sweep: bench
            experiment: teacher-student
            fixed: { learning_rate: 2e-4, steps: 2000 }
            seeds: 128
            lanes: 64
            measure: [ { at: end, metrics: [loss] } ]
            """,
            CompositionRoot.Experiments);
        PackWork[] works = [.. plan.Packs.Select(pack => plan.WorkFor(pack, (_, _) => true).ByUsualEngine())];
        var rounds = new Rounds();
        for (var round = 0; round < Rounds.Usual; round++)
        {
            rounds.AddProbe();
            rounds.Add(InTurn, "s", Seconds(() => Array.ForEach(works, Train)));
            rounds.Add(AtOnce, "s", Seconds(() => Task.WaitAll(Array.ConvertAll(works, OnThread))));
        }

        return Result(rounds) with
        {
            Own = AtOnce,
            Void = Environment.ProcessorCount < Cores ? "this machine has one core" : null,
            Remark = "Whole packs: drawing of the data and the first compilation are in it.",
        };
    }

    private static Task OnThread(PackWork work) =>
        Task.Factory.StartNew(() => Train(work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Train(PackWork work) => new PackRunner().Run(work, Nowhere.Instance, CancellationToken.None);

    private static double Seconds(Action act)
    {
        var watch = Stopwatch.StartNew();
        act();
        return watch.Elapsed.TotalSeconds;
    }
}
