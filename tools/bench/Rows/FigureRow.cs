using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Bench.Measuring;
using Sweeper.Bench.Peers;
using Sweeper.Bench.Results;
using Sweeper.Composition;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Bench.Rows;

/// <summary>A whole figure of a paper, from the command to its panels, against the script that one would write for it.</summary>
internal sealed record FigureRow() : Row(
    "figure",
    "`sweeper run sweeps/relu-modes/fig1.yaml`: 8 linear students of 12,000 steps, 8 leaky-ReLU ones of 200,000, measured up to 47 times, "
    + "to the last figure; two cores")
{
    private const string Sweep = "sweeps/relu-modes/fig1.yaml", Own = "Sweeper", Script = "PyTorch, a script with one process";
    private const int Share = 10;

    /// <inheritdoc/>
    public override int Cores => 2;

    /// <inheritdoc/>
    public override ImmutableArray<Bar> Bars => [Bar.Times("the script over Sweeper", 60, row => row.Ratio(Script, Own))];

    /// <inheritdoc/>
    public override RowResult Measure()
    {
        var plan = SweepPlan.Create(SweepFile.Load(Path.Combine(Checkout.Root, Sweep), SweepOverrides.None), CompositionRoot.Experiments);
        PackWork[] packs = [.. plan.Packs.Select(pack => plan.WorkFor(pack, (_, _) => true))];
        var files = Array.ConvertAll(packs, _ => new TemporaryFile());
        var rounds = new Rounds();
        rounds.AddProbe();
        var losses = new List<(double Ours, double Theirs)>();
        FigureScript? script = null;
        try
        {
            if (Python.Ensure())
            {
                foreach (var (pack, file) in packs.Zip(files))
                {
                    WorkFile.Write(pack, file.Path);
                }

                script = FigureScript.Run(files.Select(file => file.Path));
                rounds.Add(Script, "s", script.Seconds);
            }
        }
        finally
        {
            Array.ForEach(files, file => file.Dispose());
        }

        using (var run = WholeRun.Of(Sweep))
        {
            rounds.Add(Own, "s", run.Seconds);
            foreach (var (pack, theirs) in packs.Zip(script?.Losses ?? []))
            {
                losses.AddRange(theirs.Select((loss, lane) => (Loss(run, plan.Name, pack, lane), loss)));
            }
        }

        var difference = VoidRule.Difference(losses);
        return Result(rounds) with
        {
            Own = Own,
            Peers = script?.About.Words,
            Difference = difference,
            Void = script is null
                ? "there is no Python with PyTorch, and it could not be installed"
                : VoidRule.Reason([script.About], difference),
            Remark = $"The script was run for a tenth of the steps and of the measurements, and its time taken {Share} times. It computes "
                + "the Jacobians of all examples of a split together. Each side ran once: losses are compared where the script ends. Most "
                + "of Sweeper's time is training: packs of four networks leave a register to the units of one of them, "
                + "twelve in sixteen places.",
        };
    }

    /// <summary>What Sweeper measured where the script ends.</summary>
    private static double Loss(WholeRun run, string sweep, PackWork pack, int lane)
    {
        var step = pack.Experiment.LastStep(pack.Statics) / Share;
        return run.Query(sweep, string.Create(CultureInfo.InvariantCulture,
            $"SELECT value FROM measurements JOIN trials USING (trial_id) WHERE metric = 'relative_loss' AND split = 'train' "
            + $"AND step = {step} AND student = '{pack.Statics.Choice("student")}' AND seed = {pack.Trials[lane].Seed}"));
    }
}
