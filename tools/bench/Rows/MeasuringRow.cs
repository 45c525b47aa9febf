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

        return Result(rounds) with { Own = With };
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
            House.Experiments);
        return plan.WorkFor(plan.Packs.Single(), (_, _) => true).ByUsualEngine();
    }
}
