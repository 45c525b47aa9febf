using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Two tasks learned together and alone; see the declaration.</summary>
/// <remarks>
/// A student that learns one task has the same shape as the one that learns both. Targets and initial weights of its other head are zero:
/// nothing of that head ever changes, and what is left is a network with one head.
/// </remarks>
internal sealed class TaskTransfer() : DeclaredExperiment(TaskTransferDeclaration.Declared, TaskTransferDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var (learned, teachers) = (Learned(pack), TwoTeachers.Draw(pack));
        var student = new Mlp(
            TaskTransferDeclaration.Widths(point), point.Real("leak"), hasOutputActivation: point.Real("leak") != 1,
            law: point.Choice("init") == TaskTransferDeclaration.TruncatedNormal
                ? InitialLaw.TruncatedNormal : NamedChoices.Initials.GetValueOrDefault(point.Choice("init")));
        var width = point.Integer("inputs");
        var units = eye(width, dtype: ScalarType.Float64, device: pack.Device).unsqueeze(0).expand(pack.Lanes, -1, -1);
        var clean = teachers.Answer(units) * learned;
        var noise = pack.Gaussian("noise", RandomStreams.Noise, 0, width, clean.shape[2]);
        var training = Of("train", units, clean + noise * pack.ExactColumn("noise").unsqueeze(2) * learned);
        var inputs = pack.Draw(
            pack.Seeds("data"), seed => HaarMatrix.Draw(RandomStreams.Data(seed, 1), (int)width, (int)width), width, width);
        return new Program(
            student, new ParameterSet(student.Layout, Initial(pack, student, training, learned)),
            new TrainingRule(new SquaredError(ErrorScaling.HalfSum), OptimizerSettings.Build(pack, student.Layout)),
            new SquaredError(ErrorScaling.MeanExampleSumOutput), [training, Of("validation", inputs, teachers.Answer(inputs) * learned)],
            [new Phase.Train(point.Integer("steps"))])
        {
            LossSplits = point.Flag("train_clean") ? [Of("train_clean", units, clean)] : [],
            Lanes = pack.Map,
            Wanted = pack.Wanted,
            Branching = TaskTransferDeclaration.Members,
        };

        Split Of(string name, Tensor examples, Tensor targets) => new(name, pack.InType(examples), targets.to(pack.Type));
    }

    private static Tensor Initial(PackContext pack, Mlp student, Split training, Tensor learned)
    {
        var drawn = new ParameterSet(student.Layout, pack.DrawInitial(student.Layout).clone());
        var flat = pack.Statics.Choice("init") == TaskTransferDeclaration.TrainingAligned ? AlignedWeights.Of(drawn, training) : drawn.Flat;
        var last = student.Layout.Parameters[^1].Size;
        var body = flat.narrow(1, 0, student.Layout.Size - last);
        var heads = flat.narrow(1, student.Layout.Size - last, last).view(pack.Lanes, learned.shape[2], -1) * learned.mT;
        return cat([body, heads.flatten(1)], 1).mul(pack.ExactColumn("init_scale")).to(pack.Type);
    }

    /// <summary>1 for the outputs that a lane's member learns and 0 for the others, [K, 1, 2 outputs].</summary>
    private static Tensor Learned(PackContext pack)
    {
        var outputs = (int)pack.Statics.Integer("outputs");
        double[] marks = [.. pack.Members.SelectMany(member => Enumerable.Range(0, 2 * outputs).Select(output => Mark(member, output / outputs)))];
        return tensor(marks, [pack.Lanes, 1, 2 * outputs], device: pack.Device);

        static double Mark(int member, int task) => member == 0 || task == member - 1 ? 1 : 0;
    }
}
