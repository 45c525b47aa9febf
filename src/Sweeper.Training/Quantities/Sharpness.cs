using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>Largest eigenvalue of the Hessian of what is trained, over all training examples, [K].</summary>
internal sealed record Sharpness : IQuantity<Tensor>
{
    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        using var scope = NewDisposeScope();
        var program = snapshot.Program;
        var hessian = new HessianProducts(
            program.Model, snapshot.Parameters, program.Splits[0], program.Rule?.Objective ?? snapshot.Reported);
        return Lanczos.Largest(Product, snapshot.Parameters.Lanes, hessian.Size, snapshot.Parameters.Flat.device).MoveToOuterDisposeScope();

        Tensor Product(Tensor vectors)
        {
            using var passing = NewDisposeScope();
            return hessian.Of(vectors).MoveToOuterDisposeScope();
        }
    }
}
