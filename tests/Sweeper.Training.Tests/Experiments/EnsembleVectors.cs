using System.Text.RegularExpressions;
using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>
/// Reads the cases of `jd07_alignment`: sampled ensembles of smallest fits, of which fewer data sets are drawn here (their standard errors
/// count), and trained networks, number by number. Closed forms are the business of the theory's tests.
/// </summary>
internal static partial class EnsembleVectors
{
    private const int DataSets = 24;

    public static void Check(GoldenCase golden)
    {
        golden.Block.Skip("topic", "part", "about");
        if (golden.Node["inputs"].Find("kind") is { } kind)
        {
            golden.Same(kind, "trained", kind.Text());
            CheckTrained(golden);
        }
        else
        {
            CheckSampled(golden);
        }
    }

    private static void CheckSampled(GoldenCase golden)
    {
        var given = golden.Node["inputs"];
        golden.Node.Skip("tolerance");
        given.Skip("definition", "sample_sizes");
        var networks = (int)given["networks_per_dataset"].Integer();
        foreach (var row in golden.Node["expected"]["by_n"].Items)
        {
            row.Skip("alpha", "closed_form_cosine", "closed_form_cka_far_from_threshold", "asymptotic_cosine");
            var (inputs, examples) = (given["d"].Integer(), row["n"].Integer());
            var values = SampledRuns.Train(
                FormattableString.Invariant(
                    $$"""
                    sweep: alignment
                    experiment: ensemble-alignment
                    fixed:
                      inputs: {{inputs}}
                      outputs: {{given["outputs"].Integer()}}
                      width: {{given["outputs"].Integer()}}
                      train_examples: {{examples}}
                      validation_examples: {{2 * inputs}}
                      networks: {{networks}}
                      perturb: {{given["perturb"].Text()}}
                      snr: {{given["snr"].Number()}}
                      init: min-norm
                      steps: 0
                      dtype: float64
                    seeds: {{DataSets}}
                    measure: [ { at: end, metrics: [function_cosine, hidden_cka, excess_risk] } ]
                    """));
            SampledRuns.CheckMean(golden, row["function_cosine"], row["se_function_cosine"].Number(), OfPairs("function_cosine"));
            SampledRuns.CheckMean(golden, row["cka_population"], row["se_cka"].Number(), OfPairs("hidden_cka"));
            var risks = Enumerable.Range(0, networks).SelectMany(member => values("excess_risk", 0, "validation", "", 0, member));
            JudgeMedian(golden, row["median_excess_risk"], given["datasets"].Number(), risks.Select(risk => Math.Log(risk)));

            double[] OfPairs(string metric) => values(metric, 0, "validation", "different trunks", 0);
        }
    }

    /// <summary>
    /// Of logarithms, since risks near the threshold have no variance: the median of n Gaussian numbers deviates by (pi / 2 n)^(1/2) standard
    /// deviations, and the quartiles are 1.349 of them apart. The networks of a data set count as one, since they may have it all in common.
    /// </summary>
    private static void JudgeMedian(GoldenCase golden, GoldenNode median, double datasets, IEnumerable<double> logarithms)
    {
        double[] sorted = [.. logarithms.Order()];
        var own = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        var deviation = (sorted[3 * sorted.Length / 4] - sorted[sorted.Length / 4]) / 1.349;
        var error = deviation * Math.Sqrt(Math.PI / 2 * ((1.0 / DataSets) + (1 / datasets)));
        golden.Judge(
            median, Math.Abs(own - Math.Log(median.Number())) / (4 * error),
            FormattableString.Invariant($"{median.Number():R} expected, {Math.Exp(own):R} (ln +- {error:G2}) computed"));
    }

    private static void CheckTrained(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["inputs"], golden.Node["expected"]);
        var (width, hidden) = (given["d"].Integer(), given["hidden"].Integer());
        var errors = expected["train_mse"];
        var networks = errors.Items.Length;
        var (train, validation, initial) = Drawn(given, networks);
        var model = new Mlp([(int)width, (int)hidden, 1], leak: 1);
        var objective = new SquaredError(ErrorScaling.MeanExampleSumOutput);
        // The file descends half of the mean.
        var optimizer = new Sgd(full([networks, 1], given["lr"].Number() / 2, ScalarType.Float64));
        var program = new Program(model, new ParameterSet(model.Layout, initial), new TrainingRule(objective, optimizer), objective, [train, validation], [])
        {
            Lanes = new LaneMap(networks, networks), Branching = new Branching(networks, 1, -1),
        };
        using var engine = LanesEngine.For(program)!;
        var state = TrainingState.Start(program);
        engine.Advance(state, given["steps"].Integer());
        using var scope = NewDisposeScope();
        var snapshot = new NetworkSnapshot(program, state.Parameters, new PackConstants(scope));
        var tolerance = GoldenTolerance.Of(golden.Node["tolerance"]);
        golden.Close(expected["cka_linear_centered"], OfPairs(RepresentationMetrics.HiddenCka, snapshot), tolerance);
        golden.Close(expected["cka_linear_uncentered"], OfPairs(RepresentationMetrics.HiddenCkaUncentred, snapshot), tolerance);
        golden.Close(expected["function_cosine"], CosineOfMaps(state.Parameters), tolerance);
        // What is left of an error that has fallen by twenty orders of magnitude is rounding.
        golden.Close(errors, snapshot.Get(new Losses("train")).Numbers(), tolerance with { Absolute = 1e-18 });
        golden.Close(
            expected["min_norm_cosine"], CosineOfMaps(new ParameterSet(model.Layout, AlignedWeights.OfSmallestFit(train, hidden))), tolerance);

        // The file's cosines are of the maps themselves: of what they answer to the unit vectors.
        double CosineOfMaps(ParameterSet parameters)
        {
            var units = eye(width, dtype: ScalarType.Float64).expand(networks, -1, -1);
            var asked = program with { Splits = [train, validation with { Inputs = units, Targets = units }] };
            return OfPairs(RepresentationMetrics.FunctionCosine, new NetworkSnapshot(asked, parameters, new PackConstants(scope)));
        }
    }

    private static double OfPairs(Metric metric, NetworkSnapshot snapshot) =>
        metric.Measure(snapshot).Single(values => values.Component == "different trunks").Values.Numbers()[0];

    /// <summary>As the file's generator says.</summary>
    private static (Split Train, Split Validation, Tensor Initial) Drawn(GoldenNode given, int networks)
    {
        var (width, hidden, examples, scale) = (given["d"].Integer(), given["hidden"].Integer(), given["n"].Integer(), given["init"].Number());
        var random = new CongruentialNumbers(given["lcg_seed"].Integer());
        var inputs = Numbers(examples, width);
        var direction = Numbers(width, 1);
        var teacher = direction / direction.square().sum().rsqrt().reciprocal();
        var tests = Numbers(long.Parse(TestRows().Match(given["generator"].Text()).Groups[1].ValueSpan), width);
        var (targets, weights) = (new List<Tensor>(), new List<Tensor>());
        for (var network = 0; network < networks; network++)
        {
            targets.Add(inputs.matmul(teacher) + Numbers(examples, 1) / Math.Sqrt(given["snr"].Number()));
            weights.Add(cat([Numbers(hidden, width).flatten(), Numbers(1, hidden).flatten()]) * scale);
        }

        return (
            new Split("train", inputs.expand(networks, -1, -1), stack(targets)),
            new Split("validation", tests.expand(networks, -1, -1), tests.matmul(teacher).expand(networks, -1, -1)), stack(weights));

        Tensor Numbers(long rows, long columns) => tensor(random.Symmetric(rows * columns), [rows, columns]);
    }

    [GeneratedRegex(@"Xtest \((\d+) rows\)")]
    private static partial Regex TestRows();
}
