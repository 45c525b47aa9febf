using Sweeper.Core.Ports;
using Sweeper.Theory;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class WidthTheoryTests
{
    /// <summary>Means and N times variances at t = 0, .5 and 2 by the reference vectors.</summary>
    [Theory]
    [InlineData(0.2, new[] { 0.0, 0.633355402418497, 0.982586600958378 }, new[] { 25.0, 3.54939961406577, 0.012666758421444 }, new[] { 4.0, 4.01902802444733, 3.87230266089618 })]
    [InlineData(1, new[] { 0.0, 0.661864082821087, 0.994228488699285 }, new[] { 1.0, 0.285750775501334, 0.000479542899757174 }, new[] { 4.0, 4.4122128697542, 2.09384818063281 })]
    public void Variances_of_two_layers_fall_as_one_over_the_width(double richness, double[] means, double[] outputs, double[] kernels)
    {
        var (predicted, variances) = Predict(FormattableString.Invariant($"experiment: finite-width\nfixed: {{ richness: {richness}, width: 50, steps: 200 }}"), "[0, 50, 200]", "network_output, tangent_kernel, kernel_invariant");
        Assert.All(Of(predicted, "network_output").Zip(means), pair => Assert.Equal(pair.Second, pair.First, 1e-8));
        Assert.All(Of(variances, "network_output").Zip(outputs), pair => Assert.Equal(pair.Second / 50, pair.First, 1e-8));
        Assert.All(Of(variances, "tangent_kernel").Zip(kernels), pair => Assert.Equal(pair.Second / 50, pair.First, 1e-8));
        Assert.Equal([4, 4, 4], Of(predicted, "kernel_invariant"));
        Assert.Equal(["", "train"], predicted.Select(one => one.Series.Split).Distinct().Order());
    }

    [Theory]
    [InlineData("linear", 1.02)]
    [InlineData("relu", 1.05)]
    public void Features_of_deeper_layers_vary_more(string activation, double growth)
    {
        var (predicted, variances) = Predict(
            $"experiment: finite-width\nfixed: {{ activation: {activation}, hidden_layers: 3, width: 100, steps: 20 }}", "[0, 20]", "feature_kernel, tangent_kernel");
        var (mean, variance) = (Assert.Single(predicted), Assert.Single(variances));
        Assert.Equal([1, 1, 1], mean.Values);
        Assert.All(variance.Values.Index(), layer => Assert.Equal(Math.Pow(growth, layer.Index + 1) - 1, layer.Item, 1e-12));
    }

    [Fact]
    public void Nothing_is_predicted_of_units_that_saturate() =>
        Assert.Empty(Predict("experiment: finite-width\nfixed: { activation: tanh }", "[0, 20]", "feature_kernel, tangent_kernel").Predicted);

    /// <summary>3 eta (1 + (20 / 80)^(1/2))^2 / 20, and (2 N + D) / D in place of 3 / D under `standard`.</summary>
    [Theory]
    [InlineData("ntk", 0.03375, 2)]
    [InlineData("mup", 0.03375, 1)]
    [InlineData("standard", 1.665, 1)]
    public void Kernels_begin_where_those_of_infinite_width_do(string parameterisation, double sharpness, int times)
    {
        var (predicted, _) = Predict(
            $"experiment: spectral-scaling\nfixed: {{ parameterisation: {parameterisation}, width: 64, inputs: 20, train_examples: 80, learning_rate: 0.1, steps: 20 }}",
            "[0, 20]", "ntk_sharpness, hidden_outlier");
        Assert.All(Of(predicted, "ntk_sharpness"), value => Assert.Equal(sharpness, value, 1e-12));
        Assert.Equal(times, Of(predicted, "ntk_sharpness").Length);
        Assert.Equal([2, 2], Of(predicted, "hidden_outlier"));
    }

    /// <summary>Each quantile of a square Gaussian matrix has its share of the quarter circle below it.</summary>
    [Fact]
    public void Hidden_weights_begin_with_the_quarter_circle()
    {
        var values = Assert.Single(Predict("experiment: spectral-scaling\nfixed: { width: 64, steps: 20 }", "[20]", "singular_values").Predicted).Values;
        Assert.Equal(64, values.Length);
        // The distribution function of the quarter circle of radius 2.
        Assert.All(values.Index(), one => Assert.Equal(
            1 - (one.Index + 0.5) / 64, (one.Item * Math.Sqrt(4 - one.Item * one.Item) / 2 + 2 * Math.Asin(one.Item / 2)) / Math.PI, 1e-9));
    }

    private static double[] Of(List<Prediction> predictions, string metric) =>
        [.. predictions.Where(one => one.Series.Metric == metric).OrderBy(one => one.Step).Select(one => Assert.Single(one.Values))];

    private static (List<Prediction> Predicted, List<Prediction> Variances) Predict(string settings, string steps, string metrics)
    {
        var plan = Predicted.Plan($"{settings}\nmeasure: [ {{ at: {steps}, metrics: [{metrics}] }} ]");
        var (point, theory) = (plan.PointAt(0), new Theories(new FiniteWidths(), new SpectralWidths()));
        return (Predicted.By(theory, plan), [.. theory.Variances(point, plan.ScheduleFor(point))]);
    }
}
