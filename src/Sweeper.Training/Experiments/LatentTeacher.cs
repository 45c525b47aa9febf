using Sweeper.Training.Data;
using Sweeper.Training.Engines;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>The teacher of `latent-autoencoder`: the encoder of an autoencoder, trained while the program is built.</summary>
internal static class LatentTeacher
{
    /// <summary>Trains it and turns its codes to their principal axes, largest variance first.</summary>
    /// <param name="model">The autoencoder.</param>
    /// <param name="pictures">[n, side * side].</param>
    /// <param name="seed">Of its initial weights and the order of its batches.</param>
    /// <param name="steps">Adam steps.</param>
    /// <param name="batch">Examples of a batch.</param>
    /// <param name="rate">Learning rate.</param>
    /// <returns>The encoder's parameters, in the order of its layout.</returns>
    public static double[] Train(ConvolutionalAutoencoder model, Tensor pictures, long seed, long steps, int batch, double rate)
    {
        using var scope = NewDisposeScope();
        var data = pictures.unsqueeze(0).to(ScalarType.Float32);
        var initial = tensor(model.Initialise(seed), [1, model.Layout.Size], ScalarType.Float32, pictures.device);
        var adam = new Adam(
            full([1, 1], rate, ScalarType.Float32, pictures.device), decay: null, isDecoupled: false, beta1: 0.9, beta2: 0.999,
            epsilon: 1e-8);
        var objective = new SquaredError(ErrorScaling.MeanAll);
        var rule = new TrainingRule(objective, adam) { Batches = new Batches(batch, [seed]) };
        var program = new Program(model, new ParameterSet(model.Layout, initial), rule, objective, [new Split("train", data, data)], []);
        var state = TrainingState.Start(program);
        new TorchEngine(program).Advance(state, steps);
        return InPrincipalAxes(model.Encoder, model.EncoderOf(state.Parameters).Flat.to(ScalarType.Float64), pictures)
            .cpu().data<double>().ToArray();
    }

    /// <summary>
    /// An autoencoder may turn its codes and turn them back: which axes they have is arbitrary until they are chosen. Each axis
    /// points to where the mean code is not negative.
    /// </summary>
    private static Tensor InPrincipalAxes(ConvolutionalEncoder encoder, Tensor parameters, Tensor pictures)
    {
        var turned = new ParameterSet(encoder.Layout, parameters.clone());
        var codes = encoder.Apply(turned, pictures.unsqueeze(0).to(ScalarType.Float64), NetworkMode.Evaluate)[0];
        var mean = codes.mean([0L], keepdim: true);
        var centred = codes - mean;
        var (_, axes) = linalg.eigh(centred.mT.matmul(centred));
        var descending = axes.flip(1);
        var directions = descending * mean.matmul(descending).sign();
        var last = turned[encoder.Layout.Parameters.Length - 1];
        last.copy_(directions.mT.matmul(last[0]).unsqueeze(0));
        return turned.Flat;
    }
}
