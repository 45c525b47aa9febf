using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>How well a network with two heads answers with each of them: outputs of the first one stand first.</summary>
internal static class HeadMetrics
{
    private static readonly Dimension Head = Dimension.Parts("head", "A", "B");

    /// <summary>Squared error.</summary>
    public static Metric Loss { get; } = Of(
        "head_loss", "Mean over examples of the squared error, summed over the outputs of one head.",
        (outputs, targets) => (outputs - targets).square().sum(2).mean([1L]));

    /// <summary>The same over that of silence.</summary>
    public static Metric RelativeLoss { get; } = Of(
        "head_relative_loss",
        "`head_loss` divided by that of a network that answers zero; of a linear student on orthonormal inputs, without noise in the "
        + "targets, ||M - W||^2 / ||W||^2 of that head's rows. Undefined for a head that a student does not learn.",
        (outputs, targets) => (outputs - targets).square().sum([1L, 2L]) / targets.square().sum([1L, 2L]));

    private static Metric Of(string name, string doc, Func<Tensor, Tensor, Tensor> error) => new(
        name, 1, doc, [LossMetrics.LossSplit, Head],
        snapshot => snapshot.Program.Splits.Concat(snapshot.Program.LossSplits).SelectMany(split => OfHeads(snapshot, split, error)))
    {
        Better = MetricDirection.Lower,
    };

    private static IEnumerable<MetricValues> OfHeads(NetworkSnapshot snapshot, Split split, Func<Tensor, Tensor, Tensor> error)
    {
        var (outputs, targets) = (snapshot.Get(new Outputs(split.Name)).chunk(2, 2), split.Targets.chunk(2, 2));
        return Head.Names.Select((head, place) => new MetricValues(split.Name, head, error(outputs[place], targets[place])));
    }
}
