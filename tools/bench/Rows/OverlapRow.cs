using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Sweeper.Bench.Measuring;
using Sweeper.Bench.Results;
using Sweeper.Benchmarks;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Status;
using Sweeper.Composition;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Bench.Rows;

/// <summary>
/// What measuring losses, streaming rows, writing segments and the journal, and asking for the next pack cost: packs trained through a
/// node with a worker and a results folder on disk, against the same packs trained bare and measured at their end only.
/// </summary>
internal sealed record OverlapRow() : Row(
    "overlap",
    "4 packs of quickstart's students (4 x 12 units, 24 examples, 2,500 steps, 256 lanes): losses at 60 steps, streamed and written, "
    + "against bare training; one core for everything")
{
    private const string Through = "measured, streamed, written", Bare = "bare", Lanes = "256";
    private const string Profile = """
        From the first pack's beginning to the last one's end. In processor time: measuring 60 times adds 7 to 9 % to training.
        Nearly half of that is the arithmetic itself (88 examples through all layers, as fast as in training); the rest is turning
        weights for registers and back between measurements, and numbers that no longer are in the cache. Between two packs a node
        takes 10 to 20 ms, 2 to 4 % of a pack: most of it is writing the segment's Parquet file, whose columns of words are hashed
        row by row.
        """;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public override ImmutableArray<Bar> Bars =>
        [new Bar("what it costs", 5, AtLeast: false, "%", row => 100 * (row.Ratio(Through, Bare) - 1))];

    /// <inheritdoc/>
    public override RowResult Measure()
    {
        SweepPlan measured = Plan("{ log: 60 }"), bare = Plan("end");
        var rounds = new Rounds();
        for (var round = 0; round < Rounds.Usual; round++)
        {
            rounds.AddProbe();
            rounds.Add(Through, "s", ThroughNodeAsync(measured).GetAwaiter().GetResult());
            rounds.Add(Bare, "s", Alone(bare));
        }

        return Result(rounds) with { Own = Through, Remark = Profile.ReplaceLineEndings(" ") };
    }

    private static SweepPlan Plan(string at) => SweepPlan.Parse(
        $$"""
        sweep: overlap
        experiment: teacher-student
        fixed:
          student: linear
          teacher: linear
          teacher_spectrum: [8, 5, 3, 2]
          train_examples: 24
          validation_examples: 64
          learning_rate: 1e-3
          init_scale: 0.4
          steps: 2500
        seeds: 1024
        lanes: {{Lanes}}
        measure: [ { at: {{at}}, metrics: [relative_loss] } ]
        """,
        CompositionRoot.Experiments);

    private static async Task<double> ThroughNodeAsync(SweepPlan plan)
    {
        var clock = new Clock();
        var results = Directory.CreateDirectory(Path.Combine(Checkout.Root, "results", $"bench-{Guid.NewGuid():N}"));
        try
        {
            var worker = CompositionRoot.Workers()[0];
            await using var node = await SweeperNode.StartAsync(
                new SweeperNodeOptions
                {
                    Catalog = CompositionRoot.Experiments,
                    Folders = CompositionRoot.Folders(Console.Error.WriteLine),
                    Workers = [worker with { CreateRunner = () => new ClockedRunner(worker.CreateRunner(), clock) }],
                },
                NullLoggerFactory.Instance);
            var sweep = await node.Client.SubmitAsync(plan, Path.Combine(results.FullName, plan.Name));
            SweepStatus? end = null;
            await foreach (var status in sweep.WatchAsync(Glance))
            {
                end = status;
            }

            return end!.State == SweepState.Completed
                ? clock.Seconds
                : throw new InvalidOperationException($"the sweep ended as {end.State}: {end.Fault}");
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static double Alone(SweepPlan plan)
    {
        var clock = new Clock();
        var runner = new ClockedRunner(CompositionRoot.Workers()[0].CreateRunner(), clock);
        foreach (var pack in plan.Packs)
        {
            runner.Run(plan.WorkFor(pack, (_, _) => true).ByUsualEngine(), Nowhere.Instance, CancellationToken.None);
        }

        return clock.Seconds;
    }

    /// <summary>From the first beginning to the last end.</summary>
    private sealed class Clock
    {
        private long? began;
        private long ended;

        public double Seconds => Stopwatch.GetElapsedTime(began!.Value, ended).TotalSeconds;

        public void Begin() => began ??= Stopwatch.GetTimestamp();

        public void End() => ended = Stopwatch.GetTimestamp();
    }

    private sealed class ClockedRunner(IPackRunner runner, Clock clock) : IPackRunner
    {
        public PackOutcome Run(PackWork work, IMeasurementSink sink, CancellationToken cancellation, PackPauses? pauses = null)
        {
            clock.Begin();
            try
            {
                return runner.Run(work, sink, cancellation, pauses);
            }
            finally
            {
                clock.End();
            }
        }
    }
}
