using Sweeper.Golden;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>Reads the trained cases of `jd10_spectral`: a few steps of a network by heart, and means over networks and data.</summary>
internal static class SpectralVectors
{
    /// <summary>Their standard error counts.</summary>
    private const int Seeds = 6;

    public static void Check(GoldenCase golden)
    {
        golden.Block.Skip("topic", "part", "about");
        var given = golden.Node["inputs"];
        given.Skip("model", "data", "generator");
        if (given["kind"].Text() == "trace")
        {
            CheckTrace(golden, given);
        }
        else
        {
            CheckMeans(golden, given);
        }
    }

    private static void CheckTrace(GoldenCase golden, GoldenNode given)
    {
        var tolerance = GoldenTolerance.Of(golden.Node["tolerance"]);
        int width = (int)given["N"].Integer(), dimension = (int)given["D"].Integer(), examples = (int)given["P"].Integer();
        var drawn = new Drawn(given["lcg_seed"].Integer());
        var (inputs, targets) = (drawn.Matrix(1, examples, dimension), drawn.Matrix(1, examples, 1));
        var model = new Mlp([dimension, width, width, 1], leak: 1);
        var program = SpectralScaling.Scaled(
            model, given["param"].Text(), Column(given["gamma"]), Column(given["eta0"]), drawn.Matrix(1, (int)model.Layout.Size), inputs,
            targets, ScalarType.Float64);
        var trace = golden.Node["expected"]["trace"].Items;
        using var engine = LanesEngine.For(program)!;
        var state = TrainingState.Start(program);
        using var scope = NewDisposeScope();
        using var constants = new PackConstants(scope);
        foreach (var row in trace)
        {
            engine.Advance(state, row["step"].Integer() - state.Step);
            var snapshot = new NetworkSnapshot(program, state.Parameters, constants);
            var singular = row["s_hidden"];
            golden.Close(singular, snapshot.Get(new WeightSpectrum("W2")).narrow(1, 0, singular.Numbers().Length).Numbers(), tolerance);
            golden.Close(row["f_first"], snapshot.Get(new Outputs("train")).flatten()[0].Number(), tolerance);
            golden.Close(row["loss"], Value(LossMetrics.Loss) / 2, tolerance);
            golden.Close(row["eta_lambda_max"], Value(SpikeMetrics.NtkSharpness), tolerance);

            double Value(Metric metric) => metric.Measure(snapshot).First().Values.Number();
        }

        golden.Same(given["steps"], given["steps"].Integer(), state.Step);

        static Tensor Column(GoldenNode number) => tensor(number.Number()).view(1, 1);
    }

    private static void CheckMeans(GoldenCase golden, GoldenNode given)
    {
        golden.Node.Skip("tolerance");
        given.Skip("seeds");
        var rows = golden.Node["expected"]["by_step"].Items;
        golden.Same(given["record"], given["record"].Numbers().Length, rows.Length);
        var (gamma, isRich) = (given["gamma"].Number(), given["param"].Text() == "mup");
        var values = SampledRuns.Train(FormattableString.Invariant(
            $$"""
            sweep: spectra
            experiment: spectral-scaling
            fixed:
              parameterisation: {{given["param"].Text()}}
              width: {{given["N"].Integer()}}
              inputs: {{given["D"].Integer()}}
              train_examples: {{given["P"].Integer()}}
              {{(isRich ? FormattableString.Invariant($"richness: {gamma}") : "")}}
              learning_rate: {{given["eta0"].Number()}}
              steps: {{given["steps"].Integer()}}
              dtype: float64
            seeds: {{Seeds}}
            measure: [ { at: [{{string.Join(", ", given["record"].Numbers())}}], metrics: [loss, hidden_outlier, update_singular_values,
              update_overlap, ntk_sharpness] } ]
            """));
        foreach (var row in rows)
        {
            Check("loss", [.. Of("loss", "train").Select(loss => loss / 2)]);
            Check("s1_hidden", Of("hidden_outlier", "", "measured"));
            Check("s2_hidden", Of("hidden_outlier", "", "second"));
            Check("predicted_s1_dependent", Of("hidden_outlier", "", "dependent spike"));
            Check("predicted_s1_naive", Of("hidden_outlier", "", "independent spike"));
            Check("spike_sv1", Of("update_singular_values", "", "W2"));
            Check("spike_sv2", Of("update_singular_values", "", "W2", 1));
            Check("overlap_uW0q", Of("update_overlap", ""));
            Check("eta_lambda_max", Of("ntk_sharpness", ""));

            double[] Of(string metric, string split, string component = "", int index = 0) =>
                values(metric, row["step"].Integer(), split, component, index);

            void Check(string name, double[] own) => SampledRuns.CheckMean(golden, row[name], row[$"se_{name}"].Number(), own);
        }
    }

    /// <summary>The file's generator.</summary>
    private sealed class Drawn(long seed)
    {
        private CongruentialNumbers numbers = new(seed);

        public Tensor Matrix(params long[] shape) =>
            tensor(numbers.Symmetric(shape.Aggregate(1L, (product, side) => product * side)), shape);
    }
}
