using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

public sealed class LanczosTests
{
    /// <summary>Spectra of very different kinds side by side: every lane gets the largest of its own.</summary>
    [Fact]
    public void The_largest_eigenvalue_of_every_lane_is_found()
    {
        using var scope = NewDisposeScope();
        double[][] spectra =
        [
            [.. Enumerable.Range(1, 40).Select(value => (double)value)],
            [.. Enumerable.Range(1, 40).Select(value => value == 7 ? 1e6 : 1e-3 / value)],
            [.. Enumerable.Range(1, 40).Select(value => -1.0 / value)],
            [.. Enumerable.Range(1, 40).Select(value => value <= 3 ? 2.0 : -5)],
            new double[40],
            [.. Enumerable.Range(1, 40).Select(value => 1e-12 * value)],
        ];
        var matrices = stack(spectra.Select((spectrum, lane) =>
        {
            var axes = tensor(HaarMatrix.Draw(new Core.Randomness.CounterRandom(lane, 1), 40, 40), [40L, 40L]);
            return axes.mT.matmul(tensor(spectrum).unsqueeze(1) * axes);
        }));
        var largest = Lanczos.Largest(vectors => matrices.bmm(vectors.unsqueeze(2)).squeeze(2), spectra.Length, 40, CPU).Numbers();
        Assert.All(spectra.Zip(largest), pair => Assert.Equal(pair.First.Max(), pair.Second, 1e-10 * pair.First.Max(Math.Abs)));
    }

    /// <summary>
    /// Many eigenvalues near the largest take many steps, in which vectors lose their right angles; neighbours end at the first.
    /// </summary>
    [Fact]
    public void Crowded_spectra_are_found_to_the_last_digits_whatever_the_neighbours()
    {
        using var scope = NewDisposeScope();
        double[] crowded = [.. Enumerable.Range(0, 400).Select(place => 3 * Math.Cos(Math.PI * place / 400))];
        var few = tensor(crowded.Select(value => value > 0 ? 7.0 : 0).ToArray());
        var other = tensor(crowded.Select(value => value * value).ToArray());

        var first = Largest(few);
        var second = Largest(other);

        Assert.Equal(3, first[0], 1e-9);
        Assert.Equal(first[0], second[0]);
        Assert.Equal(7, first[1], 1e-9);
        Assert.Equal(9, second[1], 1e-9);

        double[] Largest(Tensor neighbour) =>
            Lanczos.Largest(vectors => vectors * stack([tensor(crowded), neighbour]), 2, 400, CPU).Numbers();
    }

    [Fact]
    public void A_lane_that_is_not_finite_troubles_no_other()
    {
        using var scope = NewDisposeScope();
        var factors = tensor([3.0, double.NaN, double.PositiveInfinity, -2]).view(-1, 1);
        var largest = Lanczos.Largest(vectors => vectors * factors, 4, 5, CPU).Numbers();
        Assert.Equal([3, double.NaN, double.NaN, -2], largest.Select(value => Math.Round(value, 12)));
    }

    /// <summary>
    /// Cross-entropy and biases, a ReLU network away from any minimum: against differences of gradients, in all directions.
    /// </summary>
    [Fact]
    public void Hessians_of_classifiers_are_those_of_differences_of_gradients()
    {
        using var scope = NewDisposeScope();
        IModel model = new Mlp([3, 4, 3], leak: 0, hasBias: true, law: InitialLaw.TorchDefault);
        var flat = stack(Enumerable.Range(0, 2).Select(seed => tensor(model.Layout.Initialise(seed))));
        var inputs = tensor(new Core.Randomness.CounterRandom(5, 1).NextGaussian(2 * 20 * 3), [2L, 20L, 3L]);
        var data = new Split("train", inputs, inputs.argmax(2));
        IObjective objective = new CrossEntropy();
        var hessian = new HessianProducts(model, new ParameterSet(model.Layout, flat), data, objective);
        var sharpness = Lanczos.Largest(hessian.Of, 2, hessian.Size, CPU).Numbers();
        const double step = 1e-6;
        var columns = eye(hessian.Size, dtype: ScalarType.Float64).unbind(0).Select(unit =>
            (Gradient(flat + step * unit) - Gradient(flat - step * unit)) / (2 * step));
        var largest = linalg.eigh(stack(columns, 1)).Item1.select(1, -1).Numbers();
        Assert.All(largest.Zip(sharpness), pair => Assert.Equal(pair.First, pair.Second, 1e-6));

        Tensor Gradient(Tensor at) => model.Gradient(new ParameterSet(model.Layout, at), data, objective);
    }
}
