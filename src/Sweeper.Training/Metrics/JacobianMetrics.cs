using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>
/// Spectra and singular vectors of the Jacobian J = M_L ... M_1 of a chain of weights, and of the products A_l = M_L ... M_(l+1) and
/// B_(l+1) = M_l ... M_1 of the layers above and below.
/// </summary>
internal static class JacobianMetrics
{
    private static readonly ImmutableArray<string> AgreementParts =
        ["diagonal_correlation", "diagonal_correlation_of_squares", "mean_cosine", "first_cosine"];

    /// <summary>Leading modes of the Jacobian.</summary>
    public static Dimension Mode { get; } = new("mode", MetricColumn.Index, networks => networks.Chain?.Modes ?? 0);

    private static readonly Dimension ModeOfLayers = new("mode", MetricColumn.Component, networks => networks.Chain?.Modes ?? 0);

    private static readonly Dimension Layer = new("layer", MetricColumn.Index, networks => networks.Chain?.Depth + 1 ?? 0);

    /// <summary>Logarithms of singular values.</summary>
    public static Metric LogSingularValues { get; } = Of(
        "log_singular_values",
        "Natural logarithms of the leading singular values s_k of the Jacobian, descending. Undefined beyond its rank.",
        [Mode], snapshot => [new MetricValues("", "", Spectrum(snapshot))]);

    /// <summary>Growth a layer, by both estimators.</summary>
    public static Metric LyapunovExponent { get; } = Of(
        "lyapunov_exponent",
        "Growth in nats a layer. svd: (1/L) log s_k of the Jacobian, which at finite depth is not the Lyapunov exponent. qr: (1/L) "
        + "of the sum of ln |R_kk| over layers, the frame of the first k axes made orthonormal after each of them: an unbiased "
        + "estimate of the mean of the layers' exponents at any depth. Undefined beyond the rank.",
        [Dimension.Parts("estimate", "svd", "qr"), Mode],
        snapshot =>
        [
            new MetricValues("", "svd", Spectrum(snapshot) / snapshot.Chain.Depth),
            new MetricValues("", "qr", snapshot.Get(new ChainSpectrum()).LogDiagonals / snapshot.Chain.Depth),
        ]);

    /// <summary>Distances of singular values.</summary>
    public static Metric SpectralGap { get; } = Of(
        "spectral_gap",
        "Spectral separation: log(s_k / s_(k+1)) of neighbouring singular values of the Jacobian. Undefined for the last one that is "
        + "measured.",
        [Mode], snapshot =>
        {
            var spectrum = Spectrum(snapshot);
            var none = spectrum.narrow(1, 0, 1) * double.NaN;
            return [new MetricValues("", "", spectrum - cat([spectrum.narrow(1, 1, spectrum.shape[1] - 1), none], 1))];
        });

    /// <summary>Spectra of the layers below.</summary>
    public static Metric LowerLogSingularValues { get; } = Of(
        "lower_log_singular_values",
        "Logarithms of singular values of B_(l+1) = M_l ... M_1, the layers up to l with the gates after them: at index l of every "
        + "mode, 0 of no layers, and at L those of the Jacobian. Undefined at layers that are not measured, and beyond the rank.",
        [ModeOfLayers, Layer], snapshot => OfModes(snapshot, isUpper: false, whole: snapshot.Chain.Depth));

    /// <summary>Spectra of the layers above.</summary>
    public static Metric UpperLogSingularValues { get; } = Of(
        "upper_log_singular_values",
        "Logarithms of singular values of A_l = M_L ... M_(l+1), the layers above l with the gates before them: at index l of every "
        + "mode, at 0 those of the Jacobian, and 0 of no layers. Undefined at layers that are not measured, and beyond the rank.",
        [ModeOfLayers, Layer], snapshot => OfModes(snapshot, isUpper: true, whole: 0));

    /// <summary>Agreement of left singular vectors.</summary>
    public static Metric LeftAgreement { get; } = Of(
        "left_agreement",
        "How far leading left singular vectors of the Jacobian are those of A_l, the product of the layers above l, at index l: R_ij "
        + "= |u_i(J) . u_j(A_l)|. diagonal_correlation: correlation of i and j with weights R_ij (1 where R is diagonal, 0 where it is "
        + "even); diagonal_correlation_of_squares: with weights R_ij^2; mean_cosine: mean of R_kk; first_cosine: R_11. Undefined at "
        + "layers that are not measured, and where the rank is less than modes.",
        [Dimension.Parts("measure", AgreementParts), Layer], snapshot => Agreement(snapshot, isUpper: true));

    /// <summary>Agreement of right singular vectors.</summary>
    public static Metric RightAgreement { get; } = Of(
        "right_agreement",
        "The same as `left_agreement` for right singular vectors of the Jacobian and of B_(l+1), the product of the layers up to l.",
        [Dimension.Parts("measure", AgreementParts), Layer], snapshot => Agreement(snapshot, isUpper: false));

    /// <summary>What other modes have to do with the growth of a mode.</summary>
    public static Metric ReductionError { get; } = Of(
        "modal_reduction_error",
        "What is left out where a mode is taken to grow by itself, ds_k/dt = -c_k u_k^T G v_k, in units of what is kept: |K_k - c_k "
        + "u_k v_k^T| / c_k, K_k the sum over l of (A_l A_l^T u_k)(B_l^T B_l v_k)^T, with which gradient flow gives ds_k/dt = -(K_k, "
        + "G) for every gradient G by the Jacobian. 0 for balanced weights.",
        [Mode], snapshot => [new MetricValues("", "", snapshot.Get(new ModalReduction()))]);

    /// <summary>All of them.</summary>
    public static ImmutableArray<Metric> All { get; } =
    [
        LogSingularValues, LyapunovExponent, SpectralGap, LowerLogSingularValues, UpperLogSingularValues, LeftAgreement, RightAgreement,
        ReductionError,
    ];

    /// <summary>Measures of |first^T second| for vectors as columns [..., n, k]: [4][...].</summary>
    public static IEnumerable<(string Name, Tensor Values)> Measures(Tensor first, Tensor second)
    {
        var cosines = first.mT.matmul(second).abs();
        return AgreementParts.Zip((Tensor[])
        [
            DiagonalCorrelation.Of(cosines), DiagonalCorrelation.Of(cosines.square()), DiagonalCorrelation.MeanDiagonal(cosines),
            cosines.narrow(-1, 0, 1).narrow(-2, 0, 1).squeeze(-1).squeeze(-1),
        ]);
    }

    private static Metric Of(
        string name, string doc, ImmutableArray<Dimension> dimensions, Func<NetworkSnapshot, IEnumerable<MetricValues>> measure) =>
        new(name, 1, doc, dimensions, measure)
        {
            Lacks = networks => networks.Chain is null ? "needs a chain of weights" : null,
        };

    private static Tensor Spectrum(NetworkSnapshot snapshot) => snapshot.Get(new ChainSpectrum()).LogValues.select(1, 0);

    private static IEnumerable<MetricValues> OfModes(NetworkSnapshot snapshot, bool isUpper, int whole)
    {
        var values = AtLayers(snapshot.Get(new LayerSpectra(isUpper)).LogValues, snapshot.Chain, whole);
        // The product of no layers is the identity.
        values.select(1, snapshot.Chain.Depth - whole).zero_();
        return Enumerable.Range(0, snapshot.Chain.Modes).Select(mode => new MetricValues("", $"mode{mode}", values.select(2, mode)));
    }

    private static IEnumerable<MetricValues> Agreement(NetworkSnapshot snapshot, bool isUpper)
    {
        var (chain, vectors) = (snapshot.Chain, snapshot.Get(new LayerSpectra(isUpper)).Vectors!);
        var count = chain.Layers.Length;
        return Measures(vectors.narrow(1, count, 1), vectors.narrow(1, 0, count))
            .Select(measure => new MetricValues("", measure.Name, AtLayers(measure.Values.unsqueeze(2), chain, whole: -1).squeeze(2)));
    }

    /// <summary>Of products [K, layers (and the whole one), k] each at its layer: [K, L + 1, k], not a number where none is.</summary>
    private static Tensor AtLayers(Tensor values, WeightChain chain, int whole)
    {
        var none = values.new_full([values.shape[0], 1, values.shape[2]], double.NaN);
        var places = Enumerable.Range(0, chain.Depth + 1).Select(layer =>
            chain.Layers.IndexOf(layer) is >= 0 and var place ? place : layer == whole ? chain.Layers.Length : values.shape[1]);
        return cat([values, none], 1).index_select(1, tensor(places.ToArray()));
    }
}
