using System.Collections.Immutable;
using Sweeper.Core.Randomness;
using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Models;

/// <summary>The UNet of the paper, and pictures under noise.</summary>
public sealed class UnetTests : TensorTest
{
    private const int Side = 8, Features = 6, Lanes = 2, Examples = 3;
    private static readonly ImmutableArray<int> Channels = [4, 8];

    /// <summary>Yunis et al. 2024: 4,085,505 parameters and 256 frozen ones, 17 pairs.</summary>
    [Fact]
    public void The_papers_network_has_the_papers_parameters_and_pairs()
    {
        var layout = Unet.LayoutOf([64, 128, 256, 512], features: 512);
        Assert.Equal(4_085_505, layout.TrainedSize);
        Assert.Equal(256, layout.Size - layout.TrainedSize);
        Assert.Equal(
            ["C1-C2", "D1-C2", "C2-C3", "D2-C3", "C3-C4", "D3-C4", "C4-U4", "D4-U4",
                "U4-U3", "C3-U3", "D3-U3", "U3-U2", "C2-U2", "D2-U2", "U2-U1", "C1-U1", "D1-U1"],
            layout.Pairs.Select(pair => pair.Name));
        Assert.Equal("U1", Assert.Single(layout.Weights, weight => weight.IsHead).Name);
    }

    [Fact]
    public void Lanes_and_examples_do_not_meet()
    {
        var model = new Unet(Side, Channels, Features);
        var (parameters, inputs) = Drawn(model);
        var together = model.Apply(parameters, inputs, NetworkMode.Evaluate);
        Assert.Equal([Lanes, Examples, Side * Side], together.shape);
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var example = 0; example < Examples; example++)
            {
                var one = model.Apply(
                    new ParameterSet(model.Layout, parameters.Flat.narrow(0, lane, 1)),
                    inputs.narrow(0, lane, 1).narrow(1, example, 1), NetworkMode.Evaluate);
                Assert.True((one[0, 0] - together[lane, example]).abs().max().Number() < 1e-12);
            }
        }
    }

    /// <summary>Without scale and shift, what norms let pass is zero; the head's bias remains, and the time has no other way.</summary>
    [Fact]
    public void Everything_passes_the_norms()
    {
        var model = new Unet(Side, Channels, Features);
        var (parameters, inputs) = Drawn(model);
        foreach (var scale in model.Layout.Parameters.Where(parameter => parameter.Name[0] is 'g' or 'h'))
        {
            parameters[scale.Name].zero_();
        }

        var outputs = model.Apply(parameters, inputs, NetworkMode.Evaluate);
        Assert.True((outputs - parameters["ub"].unsqueeze(2)).abs().max().Number() < 1e-15);
    }

    [Fact]
    public void Values_of_a_group_are_standardised()
    {
        var norm = new GroupNorm("", Channels: 4, Groups: 2);
        var layout = new ParameterLayout(norm.Trained);
        var flat = tensor([.. Enumerable.Repeat(layout.Initialise(0), Lanes).SelectMany(values => values)], [Lanes, layout.Size]);
        var values = RandomStreams.Data(1, 0).NextGaussian(Examples * Lanes * 4 * 9);
        var groups = norm.Apply(new ParameterSet(layout, flat), tensor(values, [Examples, Lanes * 4, 3, 3])).view(Examples * Lanes * 2, 18);
        Assert.All(groups.mean([1L]).Numbers(), mean => Assert.Equal(0, mean, 1e-12));
        Assert.All(groups.square().mean([1L]).Numbers(), power => Assert.InRange(power, 0.999, 1));
    }

    /// <summary>The rates add up to the mean of their ends, a thousand times: the sigmoid is odd around its middle.</summary>
    [Fact]
    public void A_twelfth_of_the_pictures_power_is_left_at_the_end_of_the_noise()
    {
        var signal = NoisyPictures.Signal();
        Assert.Equal(1000, signal.Length);
        Assert.Equal(signal.OrderDescending(), signal);
        Assert.Equal(1 - (1e-5 + 4.99e-3 / (1 + Math.Exp(6))), signal[0], 1e-15);
        // log(1 - b) is between -b - b^2 and -b, and b at most 5e-3.
        Assert.InRange(Math.Log(signal[^1]), -2.505 * 1.005, -2.505);
    }

    private static (ParameterSet Parameters, Tensor Inputs) Drawn(Unet model)
    {
        var values = new double[Lanes * model.Layout.Size];
        RandomStreams.Data(3, 0).FillGaussian(values);
        var inputs = RandomStreams.Data(4, 0).NextGaussian(Lanes * Examples * (Side * Side + 1));
        return (
            new ParameterSet(model.Layout, tensor(values, [Lanes, model.Layout.Size])),
            tensor(inputs, [Lanes, Examples, Side * Side + 1]));
    }
}
