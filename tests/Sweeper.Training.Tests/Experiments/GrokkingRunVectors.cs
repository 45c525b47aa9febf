using Sweeper.Core.Sweeps;
using Sweeper.Golden;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Sweeper.Training.Running;
using Xunit;
using static Sweeper.Training.Tests.Experiments.ReferenceRuns;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>
/// Reads the reference runs S1 (grok): the losses of the first steps and what is measured before them, through `modular-addition` itself.
/// Where the runs end is for `GrokkingCampaign`, which trains them to their end.
/// </summary>
internal static class GrokkingRunVectors
{
    /// <summary>
    /// For runs of the reference in float32, which here are computed in float64: what they begin with is rounded, that grows, and by a
    /// hidden unit that wakes one step earlier it grows at once (seed 1 after 45 steps: from 3e-7 to 1e-4).
    /// </summary>
    private static readonly GoldenTolerance Rounded = new(Relative: 1e-5), Grown = new(Relative: 5e-2);

    public static IEnumerable<GoldenCase> CasesOf(GoldenNode file)
    {
        file.Skip("meta", "labels", "wd", "depth", "lmc", "masks", "checks");
        return file["grok"].Items.Select((run, index) => new GoldenCase($"grok {index}", run, file));
    }

    public static void Check(GoldenCase golden)
    {
        var catalog = new ExperimentCatalog();
        var plan = SweepPlan.Parse(Yaml(golden.Node["config"]), catalog);
        var work = plan.WorkFor(plan.Packs[0], static (_, _) => true);
        var program = TestPacks.Program(new ModularAddition(), plan);
        var isExact = golden.Node["config"]["dtype"].Text() == "float64";
        var (state, engine) = (TrainingState.Start(program), new TorchEngine(program));
        golden.Close(golden.Node["n_train"], program.Splits[0].Inputs.shape[1]);
        golden.Close(golden.Node["n_val"], program.Splits[1].Inputs.shape[1]);
        golden.Close(golden.Node["curve"].Items[0]["sum_sq"], state.Parameters.Flat.square().sum().Number(), isExact ? Exact : Rounded);
        foreach (var (step, expected) in golden.Node["first_losses"].Items.Index())
        {
            var loss = program.Reported!.Loss(
                Outputs.Of(program.Model, state.Parameters, program.Splits[0].Inputs), program.Splits[0].Targets);
            golden.Close(expected, loss.Number(), (isExact, step < ExactLosses) switch
            {
                (true, true) => Exact,
                (true, false) => Nearly,
                (false, true) => Rounded,
                _ => Grown,
            });
            engine.Advance(state, 1);
        }

        var measured = new Measured();
        new PackRunner("cpu", catalog).Run(work, measured, TestContext.Current.CancellationToken);
        CheckStart(golden, measured, isExact ? Exact : Rounded);
        golden.Node.Skip("step_memorised", "step_generalised_5pct", "step_generalised_1pct", "Win_top8_sigma_end", "cpu_s");
    }

    private static void CheckStart(GoldenCase golden, Measured measured, GoldenTolerance tolerance)
    {
        var start = golden.Start();
        golden.Same(start["step"], start["step"].Integer(), 0);
        golden.CompareSplits(start, measured, tolerance);

        foreach (var (name, rank) in start["norm_erank"].Fields)
        {
            golden.Close(rank, measured.Of("normalised_effective_rank", 0, 0, "", name), tolerance);
        }

        golden.Close(start["align_E_Win"], measured.Of("layer_alignment", 0, 0, "", "E-Win"), tolerance);
        golden.Close(start["align_W1_W2"], measured.Of("layer_alignment", 0, 0, "", "W1-W2"), tolerance);    }

    private static string Yaml(GoldenNode config)
    {
        string Number(string field) => config.Text(field);
        config.Skip("steps", "stop_after");
        var betas = config["betas"].Numbers();
        return $$"""
            sweep: reference
            experiment: modular-addition
            fixed: {
              modulus: {{Number("p")}}, width: {{Number("d_model")}}, heads: {{Number("heads")}}, hidden: {{Number("d_mlp")}},
              train_fraction: {{Number("frac")}}, learning_rate: {{Number("lr")}}, weight_decay: {{Number("weight_decay")}},
              beta1: {{Text(betas[0])}}, beta2: {{Text(betas[1])}},
              adam_eps: {{Number("eps")}}, log_softmax: {{config["loss_dtype"].Text()}}, dtype: float64, steps: 1 }
            seeds: [{{Number("seed")}}]
            measure: [ { at: [0], metrics: [loss, accuracy, normalised_effective_rank, layer_alignment] } ]
            """;
    }
}
