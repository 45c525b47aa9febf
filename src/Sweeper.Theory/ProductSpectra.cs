using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using Sweeper.Theory.Products;

namespace Sweeper.Theory;

/// <summary>
/// Singular values of Jacobians of deep linear networks with fixed gates, before training: Lyapunov exponents, with the correction of
/// finite depth (<see cref="FiniteDepth"/>), of `jacobian-depth`.
/// </summary>
public sealed class ProductSpectra() : ExperimentTheory(
    "jacobian-depth",
    new TheoryLabel(
        "random layers",
        "Lyapunov exponents, for singular values with the correction of finite depth, pair by pair as gaps between them open."),
    Exponents, Values, Lower, Upper)
{
    private const string Exponents = "lyapunov_exponent", Values = "log_singular_values";
    private const string Lower = "lower_log_singular_values", Upper = "upper_log_singular_values";

    /// <inheritdoc/>
    protected override ImmutableArray<string> Description =>
    [
        $"`{Exponents}`, `{Values}`, `{Lower}` and `{Upper}`, before training (step 0), for `init: gaussian`: modes up to `min_active`, "
        + "or all where `active_share` is 1.",
        $"Component `qr` of `{Exponents}` is exact at any depth. Singular values (component `svd`, and the other metrics) have the "
        + "correction of finite depth, pair by pair as gaps between them open. It neglects that gaps differ from network to network: of "
        + "layers of 128 units it is good to a few thousandths of a nat a layer where depth times the gap between the first two "
        + "exponents is above 0.1, of 16 units to .02 (without gates) or .05 (with) at depths of three to five, and to .01 from ten on. "
        + "Where that product is large the correction is that of the corner of a Haar matrix, (psi((N - k + 1) / 2) - psi(k / 2)) / 2 "
        + "with the digamma function psi.",
    ];

    /// <inheritdoc/>
    public override int Version => 2;

    /// <inheritdoc/>
    protected override bool Holds(Point point) => point.Choice("init") == "gaussian";

    /// <inheritdoc/>
    protected override IEnumerable<Prediction> Predict(Point point, IReadOnlyList<(long Step, string Metric)> asked) =>
        asked.Where(one => one.Step == 0).SelectMany(one => Series(point, one.Metric), (_, of) => new Prediction(0, of.Series, of.Values));

    private static IEnumerable<(SeriesKey Series, ImmutableArray<double> Values)> Series(Point point, string metric)
    {
        var product = ProductOf(point);
        var modes = Math.Min((int)point.Integer("modes"), product.Layer.Count);
        return metric switch
        {
            _ when modes == 0 => [],
            Exponents =>
            [
                (Key(metric, component: "qr"), OfModes(order => product.Growth(order) / product.Depth)),
                (Key(metric, component: "svd"), [.. FiniteDepth.LogSingularValues(product, modes).Select(value => value / product.Depth)]),
            ],
            Values => [(Key(metric), FiniteDepth.LogSingularValues(product, modes))],
            Lower => OfLayers(layer => layer == product.Depth ? product : product with { Depth = layer, IsLastGated = true }),
            // What is transposed is such a product, where its first inputs, the last outputs, have no gates.
            Upper when !product.IsLastGated =>
                OfLayers(layer => layer == 0 ? product : product with { Depth = product.Depth - layer, IsLastGated = true }),
            _ => [],
        };

        ImmutableArray<double> OfModes(Func<int, double> of) => [.. Enumerable.Range(1, modes).Select(of)];

        IEnumerable<(SeriesKey, ImmutableArray<double>)> OfLayers(Func<int, GatedProduct> productOf)
        {
            var layers = Enumerable.Range(0, product.Depth + 1).Select(productOf)
                .Select(one => one.Depth == 0 ? [.. Enumerable.Repeat(0.0, modes)] : FiniteDepth.LogSingularValues(one, modes)).ToList();
            return Enumerable.Range(0, modes)
                .Select(mode => (Key(metric, component: $"mode{mode}"), layers.Select(values => values[mode]).ToImmutableArray()));
        }
    }

    private static GatedProduct ProductOf(Point point)
    {
        var share = point.Real("active_share");
        int width = (int)point.Integer("width"), least = share < 1 ? (int)point.Integer("min_active") : width;
        var layer = new LyapunovSpectrum(new OpenGates(width, share, least), Math.Pow(point.Real("sigma"), 2));
        return new GatedProduct(layer, (int)point.Integer("depth"), point.Choice("product") == "gated");
    }
}
