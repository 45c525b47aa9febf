using System.Collections.Immutable;
using Sweeper.Bench.Measuring;
using Sweeper.Bench.Results;

namespace Sweeper.Bench.Rows;

/// <summary>The quickstart from the command to its figures.</summary>
internal sealed record QuickstartRow()
    : Row("quickstart", "`sweeper run sweeps/quickstart.yaml`: 3,840 students, 5,000 steps each, to the last figure; two cores")
{
    private const string Sweep = "sweeps/quickstart.yaml", Own = "Sweeper", Torch = "Sweeper, --engine torch";

    /// <inheritdoc/>
    public override int Cores => 2;

    /// <inheritdoc/>
    public override ImmutableArray<Bar> Bars => [Bar.Times("the torch engine over the usual one", 4, row => row.Ratio(Torch, Own))];

    /// <inheritdoc/>
    public override RowResult Measure()
    {
        var rounds = new Rounds();
        using (var torch = WholeRun.Of(Sweep, [.. Engines.Option("torch")]))
        {
            rounds.Add(Torch, "s", torch.Seconds);
        }

        for (var round = 0; round < Rounds.Usual; round++)
        {
            rounds.AddProbe();
            using var run = WholeRun.Of(Sweep);
            rounds.Add(Own, "s", run.Seconds);
        }

        return Result(rounds) with { Own = Own, Remark = "The torch engine, which takes a minute, runs once." };
    }
}
