using System.Collections.Immutable;
using System.Text.Json;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Core.Randomness;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Experiments;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Models;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Bench.Peers;

/// <summary>The initial weights, the data and the settings of a pack, as a safetensors file for its peers.</summary>
internal static class WorkFile
{
    /// <summary>Packs of a sweep as if they were one.</summary>
    public static PackWork Together(ImmutableArray<PackWork> packs)
    {
        ImmutableArray<Trial> trials = [.. packs.SelectMany(pack => pack.Trials)];
        return packs[0] with
        {
            Pack = packs[0].Pack with { Count = trials.Length, Lanes = trials.Length }, Trials = trials,
            Wanted = [.. Enumerable.Range(0, trials.Length)],
        };
    }

    /// <summary>Writes it. All lanes have the rates of the first.</summary>
    /// <param name="work">The pack, of an experiment with plain perceptrons or convolutional encoders.</param>
    /// <param name="path">Where.</param>
    public static void Write(PackWork work, string path)
    {
        TorchRuntime.Ensure();
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var context = new PackContext(work, CPU);
        var program = new ExperimentCatalog().Of(work.Experiment).Build(context);
        var point = work.Statics;
        int batch = point.Experiment.IndexOf("batch") < 0 ? 0 : (int)point.Integer("batch"),
            examples = (int)program.Splits[0].Inputs.shape[1];
        var hasBias = program.Model.Layout.Parameters.Any(parameter => parameter.Role == ParameterRole.Bias);
        var classifies = program.Splits[0].Targets.dim() == 2;
        var archive = new StateArchive();
        archive.Put("parameters", program.Initial.Flat);
        foreach (var split in program.Splits)
        {
            var prefix = split.Name == "train" ? "" : $"{split.Name}_";
            archive.Put($"{prefix}inputs", Distinct(split.Inputs));
            archive.Put($"{prefix}targets", Distinct(split.Targets));
        }

        if (program.Teacher is { } teacher)
        {
            archive.Put("teacher", Distinct(teacher.Parameters.Flat).to(context.Type));
        }

        var steps = work.Experiment.LastStep(point);
        if (batch > 0)
        {
            archive.Put("orders", Orders(context.Seeds("order"), examples, (int)((steps * batch + examples - 1) / examples)));
        }

        archive.Put("job", JsonSerializer.Serialize(new
        {
            widths = Widths(program.Model.Layout),
            leak = classifies ? 0 : Leak(point, "student"),
            channels = Channels(program.Model.Layout),
            bias = hasBias,
            teacher_widths = Widths(program.Teacher?.Parameters.Layout),
            teacher_leak = program.Teacher is null ? 1 : Leak(point, "teacher"),
            classifies,
            batch,
            rate = context.Reals("learning_rate")[0],
            momentum = point.Choice("optimizer") == "sgd" ? context.Reals("momentum")[0] : 0,
            measured = work.Schedule.Snapshots.Select(snapshot => snapshot.Step),
            warm = work.Schedule.Snapshots[0].Step,
            steps,
        }));
        File.WriteAllBytes(path, archive.ToBytes());
    }

    private static long[] Widths(ParameterLayout? layout)
    {
        var weights = layout?.Weights ?? [];
        return [.. weights.Select(weight => weight.Columns), .. weights.TakeLast(1).Select(last => last.Outputs)];
    }

    /// <summary>Channels after each convolution; none for a perceptron.</summary>
    private static long[] Channels(ParameterLayout layout) =>
        [.. layout.Parameters.Where(parameter => parameter.Shape.Length == 4).Select(kernel => kernel.Outputs)];

    /// <summary>Slope of the activation for negative arguments; 1 where this network is declared linear.</summary>
    private static double Leak(Point point, string network) =>
        point.Experiment.IndexOf(network) >= 0 && point.Choice(network) == "linear" ? 1 : point.Real("leak");

    /// <summary>Lanes that share memory are written once.</summary>
    private static Tensor Distinct(Tensor lanes) => lanes.stride(0) == 0 ? lanes.narrow(0, 0, 1) : lanes;

    /// <summary>The order of the examples in every epoch, [K, epochs, n].</summary>
    private static Tensor Orders(long[] seeds, int examples, int epochs) => tensor(
        [.. seeds.SelectMany(seed => Enumerable.Range(0, epochs)
            .SelectMany(epoch => RandomStreams.Order(seed, epoch).NextPermutation(examples).Select(place => (long)place)))],
        [seeds.Length, epochs, examples]);
}
