using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Products of Hessians with vectors, of any model whose operations libtorch differentiates twice: the gradient of the scalar product of
/// gradient and vector (Pearlmutter 1994). In float64 whatever the type of the networks.
/// </summary>
/// <remarks>What was computed of the gradient is kept for all products, for all examples at once.</remarks>
internal sealed class HessianProducts
{
    private readonly Tensor parameters;
    private readonly Tensor gradient;

    /// <param name="model">The networks.</param>
    /// <param name="networks">[K, P]; buffers are read and left as they are.</param>
    /// <param name="data">All examples.</param>
    /// <param name="objective">Whose second derivatives with respect to what is trained.</param>
    public HessianProducts(IModel model, ParameterSet networks, Split data, IObjective objective)
    {
        using var _ = enable_grad();
        parameters = networks.Flat.detach().to(ScalarType.Float64).requires_grad_(true);
        Size = networks.Layout.TrainedSize;
        var outputs = model.Apply(new ParameterSet(networks.Layout, parameters), Exact(data.Inputs), NetworkMode.Evaluate);
        gradient = autograd
            .grad([objective.Loss(outputs, Exact(data.Targets)).sum()], [parameters], retain_graph: true, create_graph: true)[0]
            .narrow(1, 0, Size);
    }

    /// <summary>Numbers of a network that are trained, T.</summary>
    public long Size { get; }

    /// <summary>Vectors [K, T] -> H v, [K, T]: every lane has a Hessian of its own.</summary>
    public Tensor Of(Tensor vectors)
    {
        using var _ = enable_grad();
        return autograd.grad([(gradient * vectors).sum()], [parameters], retain_graph: true)[0].narrow(1, 0, Size).detach();
    }

    private static Tensor Exact(Tensor values) => values.is_floating_point() ? values.to(ScalarType.Float64) : values;
}
