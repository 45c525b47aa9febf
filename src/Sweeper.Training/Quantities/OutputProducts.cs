using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Scalar products [K / M, M, M] of what the members of each trial answer on a split: over all examples and outputs.</summary>
internal sealed record OutputProducts(string Split) : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        var answers = snapshot.Program.Lanes.ByTrial(snapshot.Get(new Outputs(Split)).to(ScalarType.Float64).flatten(1));
        return answers.bmm(answers.mT);
    }
}
