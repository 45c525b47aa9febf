using Sweeper.Golden;
using Sweeper.Training.Data.Portable;
using Sweeper.Training.Models;
using Xunit;

namespace Sweeper.Training.Tests.Data;

/// <summary>Reads the cases of `generators`: one a generator, told apart by their fields.</summary>
internal static class GeneratorVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block) => block.Fields
        .Where(field => field.Name != "tol")
        .Select(field => new GoldenCase(field.Name, field.Node, block));

    public static void Check(GoldenCase golden)
    {
        switch (golden.Id)
        {
            case "synthclass":
                CheckSyntheticClasses(golden);
                break;
            case "modadd":
                CheckModularAddition(golden);
                break;
            case "mlp_init":
                CheckMlp(golden);
                break;
            case "tf_init":
                CheckTransformer(golden);
                break;
            default:
                throw new GoldenMismatchException($"unknown generator '{golden.Id}'");
        }
    }

    private static void CheckSyntheticClasses(GoldenCase golden)
    {
        var (node, arguments) = (golden.Node, golden.Node["args"]);
        int Argument(string name) => (int)arguments[name].Integer();
        var (training, validation, dimensions, classes) = (Argument("n_train"), Argument("n_val"), Argument("din"), Argument("K"));
        var seed = arguments["seed"].Integer();
        var drawn = SyntheticClasses.Draw(
            training + validation, dimensions, classes, Argument("clusters"), arguments["sep"].Number(), seed);

        golden.Close(node["x_train"], drawn.Inputs.AsSpan(0, training * dimensions));
        golden.Close(node["x_val"], drawn.Inputs.AsSpan(training * dimensions));
        golden.Close(node["y_train"], AsNumbers(drawn.Labels.AsSpan(0, training)));
        golden.Close(node["y_val"], AsNumbers(drawn.Labels.AsSpan(training)));
        golden.Close(node["y_train_noise_0_5"], AsNumbers(LabelNoise.Uniform(drawn.Labels.AsSpan(0, training), classes, 0.5, seed)));
    }

    private static void CheckModularAddition(GoldenCase golden)
    {
        var arguments = golden.Node["args"];
        var (pairs, training) = ModularAddition.Draw(
            (int)arguments["p"].Integer(), arguments["frac"].Number(), arguments["seed"].Integer());
        golden.Close(golden.Node["train"], [.. pairs.Take(training).SelectMany(pair => new double[] { pair.Left, pair.Right })]);
        golden.Close(golden.Node["y"], [.. pairs.Take(training).Select(pair => (double)pair.Sum)]);
    }

    private static void CheckMlp(GoldenCase golden)
    {
        var layout = Mlp.LayoutOf([.. golden.Node["dims"].Numbers().Select(width => (int)width)], hasBias: true, InitialLaw.TorchDefault);
        var initial = Initial(layout, golden.Node["seed"].Integer());
        golden.Close(golden.Node["W"], [.. OfRole(ParameterRole.Weight)]);
        golden.Close(golden.Node["b"], [.. OfRole(ParameterRole.Bias)]);

        IEnumerable<double> OfRole(ParameterRole role) =>
            layout.Parameters.Where(parameter => parameter.Role == role).SelectMany(parameter => initial[parameter.Name]);
    }

    private static void CheckTransformer(GoldenCase golden)
    {
        var initial = Initial(
            TransformerLayout.Of(new TransformerShape(Size("p") + 1, Size("d"), Size("m"), Heads: 1, Blocks: 1)),
            golden.Node["seed"].Integer());
        Assert.Equal(golden.Node["params"].Fields.Select(field => field.Name).Order(), initial.Keys.Order());
        foreach (var (name, values) in initial)
        {
            golden.Close(golden.Node["params"][name], values);
        }

        int Size(string name) => (int)golden.Node[name].Integer();
    }

    private static Dictionary<string, double[]> Initial(ParameterLayout layout, long seed)
    {
        var values = layout.Initialise(seed);
        return layout.Parameters.Zip(layout.Offsets).ToDictionary(
            entry => entry.First.Name, entry => values.AsSpan((int)entry.Second, (int)entry.First.Size).ToArray());
    }

    private static double[] AsNumbers(ReadOnlySpan<int> labels) => [.. labels.ToArray().Select(label => (double)label)];
}
