using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Fluctuations of networks of finite width; see the declaration.</summary>
/// <remarks>
/// Multipliers and learning rates of the layers stand in scales of weights and inputs, so that one rate trains them all (<see cref="WidthScaling"/>).
/// Where activations are homogeneous, weights begin with variance 1 / N, inputs are x / (gamma |x|), and the rate is eta gamma^2. Under tanh, which
/// is not, the hidden units' inputs have to stay as they are: weights begin with 1 / (gamma N)^2, inputs are gamma N x / |x|, the rate is eta / N.
/// </remarks>
internal sealed class FiniteWidth() : DeclaredExperiment(FiniteWidthDeclaration.Declared, FiniteWidthDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack)
    {
        var point = pack.Statics;
        int width = (int)point.Integer("width"), layers = (int)point.Integer("hidden_layers");
        var (gamma, rate) = (pack.ExactColumn("richness"), pack.ExactColumn("learning_rate"));
        var isHomogeneous = point.Choice("activation") != FiniteWidthDeclaration.Tanh;
        IModel model = isHomogeneous
            ? new Mlp(FiniteWidthDeclaration.Widths(point), point.Choice("activation") == "relu" ? 0 : 1, law: InitialLaw.Normal)
            : new SaturatingNetwork(FiniteWidthDeclaration.Widths(point), point.Real("saturation"), InitialLaw.Normal);
        // Squares of activations are halved on average by each layer of ReLU: the inputs make up for it.
        var growth = point.Choice("activation") == "relu" ? 2.0 : 1;
        var weights = isHomogeneous ? ones_like(gamma) / Math.Sqrt(width) : 1 / (gamma * width);
        var inputs = isHomogeneous ? Math.Pow(growth, layers / 2.0) / gamma : gamma * width;
        var features = isHomogeneous
            ? gamma.square() * tensor([.. Enumerable.Range(1, layers).Select(layer => Math.Pow(growth, layer - layers))], ScalarType.Float64, pack.Device)
            : ones_like(gamma) / width;
        var kernel = isHomogeneous ? gamma.square() : ones_like(gamma) / width;
        var drawn = pack.DrawInitial(model.Layout);
        return new Program(
            model, new ParameterSet(model.Layout, (drawn * weights).to(pack.Type)),
            new TrainingRule(new SquaredError(ErrorScaling.HalfSum), new Sgd((rate * kernel).to(pack.Type))),
            new SquaredError(ErrorScaling.MeanExampleSumOutput), [Of("train", 1, 0), Of("validation", Math.Sqrt(0.5), Math.Sqrt(0.5))],
            [new Phase.Train(point.Integer("steps"))])
        {
            Scaling = new WidthScaling(gamma.squeeze(1), kernel.squeeze(1), features),
            Wanted = pack.Wanted,
        };

        Split Of(string name, double along, double across)
        {
            var direction = tensor([along, across], [1, 1, 2], ScalarType.Float64, pack.Device);
            return new Split(name, (direction * inputs.unsqueeze(2)).to(pack.Type), (pack.ExactColumn("target") * along).unsqueeze(2).to(pack.Type));
        }
    }
}
