using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// The parameters of all lanes of a pack: one tensor [K, P] and, as views into it, the named parameters [K, ...shape].
/// Forking lanes is a gather, a checkpoint is one tensor, and an optimizer is a few operations whatever the depth.
/// </summary>
internal sealed class ParameterSet
{
    private readonly ImmutableArray<Tensor> views;

    /// <param name="layout">Which parameters.</param>
    /// <param name="flat">[K, P]; not copied.</param>
    public ParameterSet(ParameterLayout layout, Tensor flat)
    {
        Layout = layout;
        Flat = flat;
        Trained = flat.narrow(1, 0, layout.TrainedSize);
        views = [.. layout.Parameters.Select((parameter, index) =>
            flat.narrow(1, layout.Offsets[index], parameter.Size).view([flat.shape[0], .. parameter.Shape]))];
    }

    /// <summary>Which parameters.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>All numbers, [K, P].</summary>
    public Tensor Flat { get; }

    /// <summary>The numbers that training changes, [K, T]: a view.</summary>
    public Tensor Trained { get; }

    /// <summary>Number of lanes, K.</summary>
    public long Lanes => Flat.shape[0];

    /// <summary>A parameter [K, ...shape], a view.</summary>
    public Tensor this[int index] => views[index];

    /// <summary>The weights as matrices [K, rows, columns], with their names.</summary>
    public IEnumerable<(string Name, Tensor Matrices)> Weights => Layout.Weights.Select(index =>
        (Layout.Parameters[index].Name, views[index].view(Lanes, Layout.Parameters[index].Rows, Layout.Parameters[index].Columns)));
}
