using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Bench.Measuring;
using Sweeper.Bench.Peers;
using Sweeper.Bench.Results;
using Sweeper.Benchmarks;
using Sweeper.Composition;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Running;

namespace Sweeper.Bench.Rows;

/// <summary>A measurement of modes, by example: Sweeper, the same through LAPACK in this process, and PyTorch with autograd.</summary>
internal sealed record SnapshotRow() : Row(
    "snapshot", "measurement of mode strengths, both alignments and mode losses of a student of 4 x 12 units, an example")
{
    private const string Unit = "us an example", Own = "Sweeper", Lapack = "LAPACK";
    private const int Lanes = 16, Measurements = 8;

    private const string Text = """
        sweep: bench
        experiment: teacher-student
        fixed: { learning_rate: 2e-4, steps: 8 }
        seeds: 16
        lanes: 16
        measure: [ { at: { every: 1 }, metrics: [mode_strength, alignment_left, alignment_right, mode_loss] } ]
        """;

    /// <inheritdoc/>
    public override ImmutableArray<Bar> Bars => [Bar.Times("LAPACK over Sweeper", 6, row => row.Ratio(Lapack, Own))];

    /// <inheritdoc/>
    public override RowResult Measure()
    {
        var plan = SweepPlan.Parse(Text, CompositionRoot.Experiments);
        var work = plan.WorkFor(plan.Packs.Single(), (_, _) => true).ByUsualEngine();
        using var file = new TemporaryFile();
        WorkFile.Write(work, file.Path);
        using var peer = Python.Ensure() ? Peer.Start("modes", file.Path, threads: 1) : null;
        using var lapack = new LapackSnapshot(work);
        var rounds = new Rounds();
        var strengths = new List<(double Ours, double Theirs)>();
        for (var round = 0; round < Rounds.Usual; round++)
        {
            rounds.AddProbe();
            var timed = TimedPack.Train(new PackRunner(), work);
            rounds.Add(Own, Unit, 1e6 * timed.Seconds / Measurements / lapack.Examples);
            var watch = Stopwatch.StartNew();
            var reference = lapack.Measure();
            rounds.Add(Lapack, Unit, 1e6 * watch.Elapsed.TotalSeconds / lapack.Examples);
            strengths.AddRange(Means(timed.First("mode_strength", "train")).Zip(reference));
            if (peer?.Round(round) is { } measured)
            {
                rounds.Add("PyTorch", Unit, 1e6 * measured.Seconds);
                strengths.AddRange(reference.Zip(measured.Losses));
            }
        }

        // Modes that the initial networks have in equal strength at all examples: all of them.
        var difference = VoidRule.Difference(strengths);
        return Result(rounds) with
        {
            Own = Own,
            Peers = peer?.About.Words,
            Difference = difference,
            Void = VoidRule.Reason(peer is null ? [] : [peer.About], difference),
            Remark = "Compared are the mean strengths of all modes at the beginning. The training steps between two measurements are "
                + "counted as Sweeper's.",
        };
    }

    /// <summary>Of [lanes, modes] the mean of every mode.</summary>
    private static double[] Means(double[] values) =>
        [.. values.Index().GroupBy(one => one.Index % (values.Length / Lanes)).Select(mode => mode.Average(one => one.Item))];
}
