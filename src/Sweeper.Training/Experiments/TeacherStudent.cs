using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Students learn the outputs of a low-rank teacher; see the declaration.</summary>
internal sealed class TeacherStudent() : DeclaredExperiment(TeacherStudentDeclaration.Declared, TeacherStudentDeclaration.Metrics)
{
    /// <summary>The one of `init` that is no law: it depends on the training data.</summary>
    public const string TrainingAligned = "training-aligned";

    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var (teacher, training) = TrainingData(pack, BuildTeacher(pack));
        var student = new Mlp(
            TeacherStudentDeclaration.Widths(point), point.Choice("student") == "linear" ? 1 : point.Real("leak"),
            point.Flag("student_output_activation"), law: NamedChoices.Initials.GetValueOrDefault(point.Choice("init")));
        var drawn = pack.DrawInitial(student.Layout);
        var initial = (point.Choice("init") == TrainingAligned ? AlignedWeights.Of(new ParameterSet(student.Layout, drawn), training) : drawn)
            .mul(pack.ExactColumn("init_scale")).to(pack.Type);
        return new Program(
            student, new ParameterSet(student.Layout, initial),
            new TrainingRule(new SquaredError(NamedChoices.Scalings[point.Choice("loss_scaling")]), OptimizerSettings.Build(pack, student.Layout))
            {
                Batches = BatchSettings.Build(pack),
            },
            new SquaredError(ErrorScaling.MeanExampleSumOutput), [training, ValidationData(pack, teacher)], Phases(pack))
        {
            Teacher = teacher,
            LossSplits = point.Flag("train_clean") ? [CleanData(pack, teacher)] : [],
        };
    }

    private static Teacher BuildTeacher(PackContext pack)
    {
        var point = pack.Statics;
        var widths = TeacherStudentDeclaration.TeacherWidths(point);
        var isLinear = point.Choice("teacher") == "linear";
        var model = new Mlp(
            widths, isLinear ? 1 : point.Real("leak"), point.Flag("teacher_output_activation"));
        var spectra = pack.PerLane(trial => trial.Point["teacher_spectrum"]);
        var keys = pack.Seeds("teacher").Zip(spectra).ToArray();
        var parameters = pack.Draw(keys, key =>
        {
            var modes = ((Value.Vector)key.Second).Numbers;
            var first = SpectrumMatrix.Draw(seed: key.First, widths[1], widths[0], modes);
            return isLinear ? first : [.. first, .. HaarMatrix.Draw(RandomStreams.Teacher(key.First, 2), widths[2], widths[1])];
        }, model.Layout.Size);
        return new Teacher(model, new ParameterSet(model.Layout, parameters.contiguous()));
    }

    /// <summary>What is trained on, and who made it: the teacher itself or its residual, which is fitted to these data.</summary>
    private static (Teacher Teacher, Split Data) TrainingData(PackContext pack, Teacher teacher)
    {
        var point = pack.Statics;
        var inputs = TrainingInputs(pack);
        var targets = teacher.Model.Apply(teacher.Parameters, inputs, NetworkMode.Evaluate);
        if (!Array.TrueForAll(pack.Reals("noise"), level => level == 0))
        {
            targets = targets + pack.Gaussian("noise", RandomStreams.Noise, 0, targets.shape[1..]) * pack.ExactColumn("noise").unsqueeze(2);
        }

        if (point.Choice("targets") == "randomised")
        {
            targets = pack.Gaussian("noise", RandomStreams.Noise, 1, targets.shape[1..]) * FrobeniusNorm.Of(targets, keepdim: true)
                / Math.Sqrt(targets.shape[1] * targets.shape[2]);
        }

        if (point.Flag("residual_teacher"))
        {
            (var residual, targets) = ResidualModel.Of(teacher.Model, inputs, targets);
            teacher = teacher with { Model = residual };
        }

        return (teacher, new Split("train", inputs.to(pack.Type), targets.to(pack.Type)));
    }

    /// <summary>The same inputs with what their teacher says of them.</summary>
    private static Split CleanData(PackContext pack, Teacher teacher) => Answered(pack, "train_clean", teacher, TrainingInputs(pack));

    private static Split ValidationData(PackContext pack, Teacher teacher)
    {
        var point = pack.Statics;
        var law = point.Flag("whiten_validation") ? NamedChoices.Inputs[point.Choice("input_law")] : InputLaw.Gaussian;
        return Answered(pack, "validation", teacher, DrawInputs(pack, 1, law, point.Integer("validation_examples")));
    }

    private static Split Answered(PackContext pack, string name, Teacher teacher, Tensor inputs) =>
        new(name, inputs.to(pack.Type), teacher.Model.Apply(teacher.Parameters, inputs, NetworkMode.Evaluate).to(pack.Type));

    private static Tensor TrainingInputs(PackContext pack) =>
        DrawInputs(pack, 0, NamedChoices.Inputs[pack.Statics.Choice("input_law")], pack.Statics.Integer("train_examples"));

    private static Tensor DrawInputs(PackContext pack, int part, InputLaw law, long examples)
    {
        var width = pack.Statics.Integer("inputs");
        return pack.Draw(pack.Seeds("data"), seed => Inputs.Draw(law, RandomStreams.Data(seed, part), (int)examples, (int)width), examples, width);
    }

    private static ImmutableArray<Phase> Phases(PackContext pack)
    {
        var point = pack.Statics;
        var perturb = new Perturb(pack.Reals("perturbation"), pack.Seeds("perturbation"), point.Flag("perturbation_keeps_norm"));
        return [new Phase.Train(point.Integer("perturbation_step")), new Phase.Edit(perturb), new Phase.Train(point.Integer("steps"))];
    }
}
