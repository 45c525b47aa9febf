using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>
/// Initial weights of linear networks whose units stand behind fixed gates: matrices M_l = D_l W_l D_(l-1), D_l diagonal with 1 for an open
/// gate and 0 for a closed one.
/// </summary>
/// <remarks>
/// What of W_l stands behind a closed gate is 0 from the start, and so is its gradient, since the gradient of M_l is A_l^T G B_l^T with A_l
/// and B_l the products of the matrices after and before it: rows of A_l^T and columns of B_l^T of closed gates are 0. The gated network is
/// therefore a plain linear one, and stays it.
/// </remarks>
internal static class GatedWeights
{
    /// <summary>[K, P]: in the type of the pack, or in float64.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="model">The network.</param>
    /// <param name="chain">Its matrices between gates; others, before and after them, are Gaussian.</param>
    /// <param name="data">What is trained on, for singular vectors of the data; null where there is nothing.</param>
    public static Tensor Draw(PackContext pack, Mlp model, WeightChain chain, Split? data)
    {
        if (pack.Statics.Choice("init") == "gaussian")
        {
            return Gaussian(pack, model.Layout, chain);
        }

        var inner = pack.Statics.Choice("init") == "rotated" ? Rotated(pack, chain) : Balanced(pack, model.Layout, chain, data);
        return cat([.. model.Layout.Weights.Select((weight, place) => chain.Weights.IndexOf(weight.Name) is >= 0 and var layer
            ? inner[layer].flatten(1)
            : pack.Draw(pack.Seeds("init"), seed => weight.Initial.Draw(RandomStreams.Init(seed, 2 * place), weight.Shape), weight.Size))],
            1);
    }

    /// <summary>Open gates of a layer, 1 to L: the last one has gates where the product is `gated`.</summary>
    public static bool[] GatesOf(PackContext pack, int layer, int layers, (long Seed, double Share) key)
    {
        var (point, units) = (pack.Statics, (int)pack.Statics.Integer("width"));
        return layer == 0 || (layer == layers && point.Choice("product") == "jacobian")
            ? [.. Enumerable.Repeat(true, units)]
            : Gates.Draw(key.Seed, layer, units, key.Share, (int)point.Integer("min_active"));
    }

    private static Tensor Gaussian(PackContext pack, ParameterLayout layout, WeightChain chain)
    {
        var keys = pack.Seeds("init").Zip(GateKeys(pack))
            .Zip(pack.Reals("sigma"), (key, sigma) => (Init: key.First, Gates: key.Second, sigma)).ToArray();
        return pack.DrawInType(keys, key =>
        {
            var values = layout.Initialise(key.Init);
            var before = GatesOf(pack, 0, chain.Weights.Length, key.Gates);
            foreach (var (layer, name) in chain.Weights.Index())
            {
                var after = GatesOf(pack, layer + 1, chain.Weights.Length, key.Gates);
                var matrix = values.AsSpan((int)layout.Offsets[layout.PlaceOf(name)], after.Length * before.Length);
                for (var place = 0; place < matrix.Length; place++)
                {
                    matrix[place] *= after[place / before.Length] && before[place % before.Length] ? key.sigma : 0;
                }

                before = after;
            }

            return values;
        }, layout.Size);
    }

    /// <summary>
    /// M_l = Q_l S^(1/L) Q_(l-1)^T with orthonormal columns Q_l that closed gates leave alone: the product is Q_L S Q_0^T, and neighbours
    /// are balanced, M_(l+1)^T M_(l+1) = M_l M_l^T.
    /// </summary>
    private static Tensor[] Balanced(PackContext pack, ParameterLayout layout, WeightChain chain, Split? data)
    {
        double[] strengths = [.. pack.Statics.Vector("init_spectrum").OrderDescending()];
        var (layers, rank) = (chain.Weights.Length, strengths.Length);
        var root = tensor(Array.ConvertAll(strengths, strength => Math.Pow(strength, 1.0 / layers)), device: pack.Device);
        var modes = pack.Statics.Choice("init") == "training-aligned" && data is not null ? DataModes.Of(data) : null;
        var frames = Enumerable.Range(0, layers + 1).Select(Frame).ToArray();
        return [.. Enumerable.Range(1, layers).Select(layer => (frames[layer] * root).bmm(frames[layer - 1].mT))];

        Tensor Frame(int layer)
        {
            if (modes is not null && (layer == 0 || layer == layers))
            {
                return (layer == 0 ? modes.V : modes.U).narrow(2, 0, rank);
            }

            // Tensors of the stream `init`: weights have the even numbers.
            var stream = 2 * layout.PlaceOf(chain.Weights[Math.Max(layer - 1, 0)]) + (layer == 0 ? 1 : 0);
            var units = pack.Statics.Integer("width");
            return pack.Draw([.. pack.Seeds("init").Zip(GateKeys(pack))], key =>
            {
                int[] open = [.. GatesOf(pack, layer, layers, key.Second).Index().Where(gate => gate.Item).Select(gate => gate.Index)];
                var drawn = HaarMatrix.Draw(RandomStreams.Init(key.First, stream), open.Length, rank);
                var frame = new double[units * rank];
                foreach (var (place, unit) in open.Index())
                {
                    drawn.AsSpan(place * rank, rank).CopyTo(frame.AsSpan(unit * rank));
                }

                return frame;
            }, units, rank);
        }
    }

    /// <summary>R diag(s)^(1/L), all alike; an axis without a partner stays.</summary>
    private static Tensor[] Rotated(PackContext pack, WeightChain chain)
    {
        var (depth, units) = (chain.Depth, (int)pack.Statics.Integer("width"));
        double[] roots = [.. pack.Statics.Vector("init_spectrum").Select(strength => Math.Pow(strength, 1.0 / depth))];
        var matrix = pack.Draw(pack.Reals("rotation"), angle =>
        {
            var (sine, cosine) = Math.SinCos(angle);
            var entries = new double[units * units];
            for (var row = 0; row < units; row++)
            {
                var (other, isAlone) = (row ^ 1, (row ^ 1) >= units);
                entries[row * units + row] = (isAlone ? 1 : cosine) * roots[row];
                if (!isAlone)
                {
                    entries[row * units + other] = (row < other ? -sine : sine) * roots[other];
                }
            }

            return entries;
        }, units, units);
        return [.. Enumerable.Repeat(matrix, depth)];
    }

    private static (long Seed, double Share)[] GateKeys(PackContext pack) => [.. pack.Seeds("gates").Zip(pack.Reals("active_share"))];
}
