using System.Collections.Immutable;
using Sweeper.Bench.Measuring;
using Sweeper.Bench.Results;
using Sweeper.Benchmarks;
using Sweeper.Composition;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Running;

namespace Sweeper.Bench.Rows;

/// <summary>Training with many measurements of modes, against training alone.</summary>
internal sealed record MeasuringRow() : Row(
    "measuring", "200 measurements of modes in 4,000 steps of a student of 4 x 12 units, 64 lanes (a tenth of it: 20 in 400)")
{
    private const string With = "with measurements", Alone = "training alone", Unit = "s";

    private const string Profile = """
        20 measurements of 64 networks at 384 examples are 491,520 decompositions of 12 x 12 matrices in float64, with vectors of both sides.
        Where training runs near the multiply-add rate, the bar leaves each some half a microsecond; this way takes some 50,000 operations a
        matrix (a multiply-add is one), of which a core with AVX-512 does at best some 45 in a nanosecond. Of a measurement's kernels, sweeps of
        rotations take 44 %, the triangle with its pivots and Q 20 %, products with the teacher's vectors, inputs and targets 13 %, Jacobians
        11 %, left vectors from the triangle 4 %, scaling, normalising and copies the rest. Tried without gain: a second triangle before the
        sweeps (one of six sweeps less, but as long as that itself), Newton's method in place of divisions, sorting columns before the first
        sweeps only, the same examples of all networks one after the other, results written after all products. Not tried: float32 for the
        first sweeps.
        """;

    /// <inheritdoc/>
    public override ImmutableArray<Bar> Bars =>
        [new Bar("with measurements over training alone", 2.5, AtLeast: false, "times", row => row.Ratio(With, Alone))];

    /// <inheritdoc/>
    public override RowResult Measure()
    {
        var (with, alone) = (Work("[mode_strength, alignment_left, alignment_right, mode_loss]", "{ every: 20 }"), Work("[loss]", "[0]"));
        var rounds = new Rounds();
        for (var round = 0; round < Rounds.Usual; round++)
        {
            rounds.AddProbe();
            foreach (var (name, work) in ((string, PackWork)[])[(With, with), (Alone, alone)])
            {
                rounds.Add(name, Unit, TimedPack.Train(new PackRunner(), work).Seconds);
            }
        }

        return Result(rounds) with { Own = With, Remark = Profile.ReplaceLineEndings(" ") };
    }

    private static PackWork Work(string metrics, string at)
    {
        var plan = SweepPlan.Parse(
            $$"""
            sweep: bench
            experiment: teacher-student
            fixed: { learning_rate: 2e-4, steps: 400 }
            seeds: 64
            lanes: 64
            measure: [ { at: {{at}}, metrics: {{metrics}} }, { at: end, metrics: [loss] } ]
            """,
            CompositionRoot.Experiments);
        return plan.WorkFor(plan.Packs.Single(), (_, _) => true).ByUsualEngine();
    }
}
