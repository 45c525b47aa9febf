using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Encoders learn the codes of an autoencoder; see the declaration.</summary>
internal sealed class LatentAutoencoder() : DeclaredExperiment(LatentAutoencoderDeclaration.Declared, LatentAutoencoderDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var point = pack.Statics;
        var autoencoder = new ConvolutionalAutoencoder(
            RingsAndStrokes.Side, LatentAutoencoderDeclaration.Channels(point), (int)point.Integer("latents"), point.Real("leak"));
        var (training, validation) = LatentPictures.Of(pack);
        var teacher = new Teacher(autoencoder.Encoder, new ParameterSet(autoencoder.Encoder.Layout, Train(pack, autoencoder, training)));
        var student = autoencoder.Encoder;
        var initial = pack.DrawInitial(student.Layout).mul(pack.ExactColumn("init_scale")).to(pack.Type);
        var objective = new SquaredError(ErrorScaling.MeanExampleSumOutput);
        return new Program(
            student, new ParameterSet(student.Layout, initial),
            new TrainingRule(objective, OptimizerSettings.Build(pack, student.Layout)), objective,
            [Coded("train", training), Coded("validation", validation)], [new Phase.Train(point.Integer("steps"))])
        {
            Teacher = teacher,
        };

        Split Coded(string name, Tensor pictures) => new(
            name, pack.InType(pictures), teacher.Model.Apply(teacher.Parameters, pictures, NetworkMode.Evaluate).to(pack.Type));
    }

    /// <summary>Encoders [K, P]; lanes with the same pictures and the same seed share one.</summary>
    private static Tensor Train(PackContext pack, ConvolutionalAutoencoder autoencoder, Tensor pictures)
    {
        var point = pack.Statics;
        var data = pack.Seeds("data");
        var keys = pack.Seeds("teacher").Zip(data).ToArray();
        return pack.Draw(
            keys,
            key => LatentTeacher.Train(
                autoencoder, pictures[Array.IndexOf(data, key.Second)], key.First, point.Integer("teacher_steps"), (int)point.Integer("teacher_batch"), point.Real("teacher_learning_rate")),
            autoencoder.Encoder.Layout.Size);
    }
}
