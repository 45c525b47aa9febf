using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Quantities;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>Where the linear map of a network with one output points, against that of the teacher.</summary>
internal static class DirectionMetrics
{
    /// <summary>Of the angle.</summary>
    public static Metric Cosine { get; } = Of(
        "cosine", "Cosine between the linear map w = W_L ... W_1 of the network and the teacher's v, w.v / |w| |v|.",
        MetricDirection.Higher, static (along, across) => along / Length(along, across));

    /// <summary>How well it points there, on a scale without end.</summary>
    public static Metric LogAlignment { get; } = Of(
        "log_alignment",
        "-ln(1 - `cosine`): grows without bound as the map turns to the teacher's; from sines, so that it keeps its digits there. The "
        + "rounding of training ends that: in float64 beyond some 80, where the sine is 1e-17.",
        MetricDirection.Higher, static (along, across) =>
        {
            var length = Length(along, across);
            return -Math.Log(along > 0 ? across * across / (length * (length + along)) : 1 - along / length);
        });

    /// <summary>How long it is.</summary>
    public static Metric MapNorm { get; } =
        Of("map_norm", "Norm of the linear map w = W_L ... W_1 of the network.", MetricDirection.None, Length);

    private static double Length(double along, double across) => Math.Sqrt(along * along + across * across);

    /// <summary>A number of how much of the map lies along the teacher's, with its sign, and across.</summary>
    private static Metric Of(string name, string doc, MetricDirection better, Func<double, double, double> value) =>
        new(name, 1, doc, [], snapshot =>
        {
            var teacher = snapshot.Program.Teacher?.Parameters["W1"].squeeze(1)
                ?? throw new InvalidOperationException("this program has no teacher");
            var (map, wanted) = (snapshot.Get(new LinearMap()), teacher / SquareRoot.Of(teacher.square().sum(1, keepdim: true)));
            var along = (map * wanted).sum(1);
            var across = SquareRoot.Of((map - along.unsqueeze(1) * wanted).square().sum(1));
            return [new MetricValues("", "", tensor([.. HostNumbers.Of(along).Zip(HostNumbers.Of(across), value)]))];
        })
        {
            Better = better,
        };
}
