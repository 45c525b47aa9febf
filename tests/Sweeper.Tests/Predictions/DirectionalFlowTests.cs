using Sweeper.Core.Ports;
using Sweeper.Theory;
using Sweeper.Theory.Dynamics;
using Xunit;

namespace Sweeper.Tests.Predictions;

public class DirectionalFlowTests
{
    public static TheoryData<string, int> Laws => new() { { "sphere", 2 }, { "sphere", 3 }, { "sphere", 7 }, { "gaussian", 5 } };

    /// <summary>As the norm goes to 0 the sigmoid is a half: g is half of E[y u] = 2 c0 cos(theta) / pi.</summary>
    [Theory, MemberData(nameof(Laws))]
    public void Short_maps_lengthen_by_the_mean_margin(string kind, int dimensions)
    {
        var law = Law(kind, dimensions);
        foreach (var angle in (double[])[0.1, 1.3, 2.9])
        {
            Assert.Equal(law.MeanLength * Math.Cos(angle) / Math.PI, law.Lengthening(1e-9, Math.Cos(angle), Math.Sin(angle)), 1e-8);
        }
    }

    /// <summary>tan(theta / 2) = tan(theta_0 / 2) e^(-c0 t / pi) for two layers, whatever the norm.</summary>
    [Theory, MemberData(nameof(Laws))]
    public void Two_layers_have_a_closed_form(string kind, int dimensions)
    {
        double[] times = [0, 1, 4, 9];
        foreach (var norm in (double[])[0.1, 3])
        {
            var states = new PlanarFlow(2, Law(kind, dimensions)).At(times, norm, -0.8);
            Assert.All(states.Zip(times), one => Assert.Equal(Math.Log(3) - Law(kind, dimensions).MeanLength * one.Second / Math.PI, one.First.Turn, 1e-12));
        }
    }

    /// <summary>
    /// Bounds of tan^2(theta / 2) while the norm falls, and from a moment on at which it is above 1 and rises; what is printed of the latter
    /// is too much.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Bounds_hold_with_the_corrected_exponents(int layers)
    {
        double[] times = [.. Enumerable.Range(0, 2401).Select(place => place * 0.025)];
        PlanarState[] states = [.. new PlanarFlow(layers, SphericalLaw.Sphere(2)).At(times, 1, -0.8)];
        var least = Array.IndexOf(states, states.MinBy(state => state.Norm));
        Assert.All(states[..least].Zip(times), one =>
            Assert.True(Squared(one.First) <= 9 * Math.Pow(1 + (layers - 2) * one.Second, -2 / (Math.PI * (layers - 2))) + 1e-12));
        var from = Array.FindIndex(states, least, state => state.Norm > 1.5);
        Assert.All(states[from..].Zip(times[from..]), one => Assert.True(Squared(one.First) <= Later(1 - 2.0 / layers, one.Second) * (1 + 1e-9)));
        Assert.Contains(states[from..].Zip(times[from..]), one => Squared(one.First) > 1.05 * Later(2 - 2.0 / layers, one.Second));

        double Later(double power, double time) =>
            Squared(states[from]) * Math.Exp(-2 / Math.PI * Math.Pow(states[from].Norm, power) * (time - times[from]));
        static double Squared(PlanarState state) => Math.Exp(2 * state.Turn);
    }

    [Fact]
    public void Metrics_of_a_point_are_predicted_at_its_steps()
    {
        // Reference values of one layer at time 5 (golden vectors): norm and cosine.
        var predictions = Predict("depth: 1, learning_rate: 0.5, steps: 10, gradient: sample, train_examples: 10");
        Assert.Equal(0.918267068902024, Of("cosine"), 1e-6);
        Assert.Equal(0.823715961534107, Of("map_norm"), 1e-6);
        Assert.Equal(-Math.Log(1 - 0.918267068902024), Of("log_alignment"), 1e-5);

        double Of(string metric) => Assert.Single(predictions, one => one.Step == 10 && one.Series.Metric == metric).Values[0];
    }

    [Theory]
    [InlineData("init: gaussian")]
    [InlineData("imbalance: 2")]
    [InlineData("initial_cosine: 1")]
    public void Nothing_is_predicted_where_an_assumption_fails(string settings) => Assert.Empty(Predict(settings));

    private static SphericalLaw Law(string kind, int dimensions) => kind == "sphere" ? SphericalLaw.Sphere(dimensions) : SphericalLaw.Gaussian();

    private static List<Prediction> Predict(string settings) => Predicted.By(
        new DirectionalFlow(),
        $$"""
        experiment: directional
        fixed: { {{settings}} }
        measure: [ { at: { log: 3 }, metrics: [loss, cosine, log_alignment, map_norm] } ]
        """);
}
