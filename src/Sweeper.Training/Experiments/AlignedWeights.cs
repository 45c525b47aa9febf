using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>
/// Deep linear networks whose singular vectors are those of their training data from the start: W_L ... W_1 is the sum of u v^T over as
/// many modes of the data (<see cref="DataModes"/>) as the narrowest layer has units (Lampinen and Ganguli 2019, section 3.2).
/// </summary>
internal static class AlignedWeights
{
    /// <summary>
    /// Initial weights [K, P] in float64, before their scale: W_1 has the right vectors as rows, W_L the left ones as columns, and
    /// orthogonal matrices between them stay as they were drawn. Units that no mode needs are left out: they have no weights and never get
    /// any.
    /// </summary>
    /// <param name="drawn">Orthogonal matrices, [K, P].</param>
    /// <param name="data">What is trained on.</param>
    public static Tensor Of(ParameterSet drawn, Split data)
    {
        var (left, _, right) = DataModes.Of(data);
        var weights = drawn.Weights.Select(weight => weight.Matrices).ToArray();
        if (weights.Length == 1)
        {
            return left.bmm(right.mT).flatten(1);
        }

        var width = weights[0].shape[1];
        var last = weights[1..^1].Aggregate(Units(left, width), (columns, inner) => columns.bmm(inner.mT));
        return cat([Units(right, width).mT.flatten(1), .. weights[1..^1].Select(inner => inner.flatten(1)), last.flatten(1)], 1);
    }

    /// <summary>
    /// Weights [K, P] in float64 of linear networks with one hidden layer, at the end of gradient descent on squared error from ever
    /// smaller initial ones: the smallest map W of those that fit best, both layers taking their equal share of it, so that W_1^T
    /// W_1 = (W^T W)^(1/2).
    /// </summary>
    /// <param name="data">What is trained on.</param>
    /// <param name="width">Hidden units, at least as many as outputs.</param>
    public static Tensor OfSmallestFit(Split data, long width)
    {
        const double rounding = 1e-12;
        var (inputs, targets) = (data.Inputs.cpu().to(ScalarType.Float64), data.Targets.cpu().to(ScalarType.Float64));
        var (examples, strengths, directions) = BatchedSvd.Full(inputs);
        var inverse = strengths.masked_fill(strengths.le(strengths.narrow(1, 0, 1) * rounding), double.PositiveInfinity).reciprocal_();
        var fit = targets.mT.bmm(examples * inverse.unsqueeze(1)).bmm(directions.mT);
        var (left, values, right) = BatchedSvd.Full(fit);
        var share = SquareRoot.Of(values).unsqueeze(1);
        return cat([Units(right * share, width).mT.flatten(1), Units(left * share, width).flatten(1)], 1).to(data.Inputs.device);
    }

    /// <summary>As many columns [K, d, r] as there are units: the first ones, and zeros after the last.</summary>
    private static Tensor Units(Tensor vectors, long width)
    {
        var missing = width - vectors.shape[2];
        return missing <= 0 ? vectors.narrow(2, 0, width)
            : cat([vectors, vectors.new_full([vectors.shape[0], vectors.shape[1], missing], 0)], 2);
    }
}
