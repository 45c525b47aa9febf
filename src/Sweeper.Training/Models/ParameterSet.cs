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
    /// <param name="buffers">Whose buffers are read and written; by default its own.</param>
    public ParameterSet(ParameterLayout layout, Tensor flat, ParameterSet? buffers = null)
    {
        Layout = layout;
        Flat = flat;
        Trained = flat.narrow(1, 0, layout.TrainedSize);
        // One cut for all: its gradient is one concatenation, where each narrowed view has a gradient as large as the whole.
        var parts = flat.split([.. layout.Parameters.Select(parameter => parameter.Size)], 1);
        views = [.. layout.Parameters.Select((parameter, index) => parameter.Role == ParameterRole.Buffer && buffers is not null
            ? buffers[index]
            : parts[index].view([flat.shape[0], .. parameter.Shape]))];
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
    public Tensor this[int place] => views[place];

    /// <summary>A parameter by name.</summary>
    public Tensor this[string name] => views[Layout.PlaceOf(name)];

    /// <summary>The weights as matrices [K, outputs, inputs * taps], with their names.</summary>
    public IEnumerable<(string Name, Tensor Matrices)> Weights => Layout.Weights.Select(weight => (weight.Name, Matrices(weight.Name)));

    /// <summary>The matrices [K, outputs, inputs * taps] of a weight, or of a block of its rows (`Win.value`).</summary>
    public Tensor Matrices(string name)
    {
        var matrix = Layout.Matrix(name);
        var whole = OutputsFirst(matrix.Weight).reshape(Lanes, matrix.Weight.Outputs, matrix.Columns);
        return matrix.Block is null ? whole : whole.narrow(1, matrix.FirstRow, matrix.Rows);
    }

    /// <summary>Gives a weight other matrices.</summary>
    public void Replace(ParameterSpec weight, Tensor matrices)
    {
        var values = OutputsFirst(weight);
        values.copy_(matrices.reshape(values.shape));
    }

    private Tensor OutputsFirst(ParameterSpec weight) => weight.View.IsInputsFirst ? this[weight.Name].transpose(1, 2) : this[weight.Name];
}
