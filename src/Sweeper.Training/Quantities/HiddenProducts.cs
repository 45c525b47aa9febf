using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// |A^T B|^2 of the activations A and B of every two members of each trial at the examples of a split, [K / M, layers, M, M]: scalar
/// products of their linear kernels A A^T and B B^T, hidden layer by hidden layer.
/// </summary>
/// <param name="Split">The examples.</param>
/// <param name="IsCentred">Whether the mean over the examples is subtracted from each unit.</param>
internal sealed record HiddenProducts(string Split, bool IsCentred) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        var model = snapshot.Program.Model as IHiddenLayers
            ?? throw new InvalidOperationException($"{snapshot.Program.Model.GetType().Name} does not show its hidden layers");
        var inputs = snapshot.Split(Split).Inputs;
        var sums = new List<UnitSums>();
        for (var first = 0L; first < inputs.shape[1]; first += Outputs.ExamplesAtOnce)
        {
            using var scope = NewDisposeScope();
            var part = inputs.narrow(1, first, Math.Min(Outputs.ExamplesAtOnce, inputs.shape[1] - first));
            var layers = model.HiddenLayers(snapshot.Parameters, part)
                .Select(layer => UnitSums.Of(snapshot.Program.Lanes.ByTrial(layer))).ToList();
            sums = [.. layers.Select((layer, place) => (sums.Count > 0 ? layer + sums[place] : layer).Kept())];
        }

        return stack(sums.Select(layer => layer.Products(IsCentred)), 1);
    }

    /// <summary>
    /// Sums over examples of the units of all members of a trial, [K / M, M h], and of their products, [K / M, M h, M h].
    /// </summary>
    private sealed record UnitSums(Tensor First, Tensor Second, long Examples, long Members)
    {
        /// <summary>Of activations [K / M, M, n, h].</summary>
        public static UnitSums Of(Tensor activations)
        {
            var units = activations.to(ScalarType.Float64).transpose(1, 2).flatten(2);
            return new UnitSums(units.sum(1), units.mT.bmm(units), units.shape[1], activations.shape[1]);
        }

        public static UnitSums operator +(UnitSums one, UnitSums other) =>
            one with { First = one.First + other.First, Second = one.Second + other.Second, Examples = one.Examples + other.Examples };

        public UnitSums Kept() => this with { First = First.MoveToOuterDisposeScope(), Second = Second.MoveToOuterDisposeScope() };

        /// <summary>[K / M, M, M].</summary>
        public Tensor Products(bool isCentred)
        {
            var moments = isCentred ? Second - First.unsqueeze(2) * First.unsqueeze(1) / (double)Examples : Second;
            var (trials, units) = (moments.shape[0], moments.shape[1] / Members);
            return moments.square().view(trials, Members, units, Members, units).sum([2L, 4L]);
        }
    }
}
