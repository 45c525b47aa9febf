using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>Gradients of the objective with respect to the last sums of the networks, for a chunk of examples.</summary>
internal sealed unsafe class OutputErrors<TArrangement, TLanes, T> : IDisposable
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Objective objective;
    private readonly GroupLayout<TArrangement, TLanes, T> layout;
    private readonly int outputs;
    private readonly ActivationConstants<T> activation;
    private readonly LaneArray<T>? turned;
    private readonly ExpectedErrors<TArrangement, TLanes, T>? expected;

    /// <param name="training">What the networks learn.</param>
    /// <param name="layout">Where their numbers lie.</param>
    /// <param name="activation">That of the networks.</param>
    public OutputErrors(
        LaneTraining training, GroupLayout<TArrangement, TLanes, T> layout, ActivationConstants<T> activation)
    {
        (objective, this.layout, this.activation) = (training.Objective, layout, activation);
        outputs = training.Shape.Widths[^1];
        turned = TArrangement.IsByUnit && objective is Objective.CrossEntropy ? new LaneArray<T>(3L * outputs * layout.Chunk) : null;
        expected = objective is Objective.ExpectedLogistic law ? new ExpectedErrors<TArrangement, TLanes, T>(law, layout) : null;
    }

    /// <summary>Writes them.</summary>
    /// <param name="made">What the networks gave.</param>
    /// <param name="targets">What was wanted.</param>
    /// <param name="errors">Takes them.</param>
    /// <param name="count">Examples in the chunk.</param>
    /// <param name="examples">Examples of the step.</param>
    public void Write(T* made, T* targets, T* errors, int count, int examples)
    {
        // Where units stand side by side, all numbers lie one after the other.
        var (rows, registers) = TArrangement.IsByUnit ? (1, count * layout.Memory.Filled(outputs) / TLanes.Count) : (outputs, count);
        nint row = layout.Chunk * TLanes.Count;
        switch (objective)
        {
            case Objective.SquaredError squares:
                OutputError<TLanes, T>.OfSquares(made, targets, errors, row, rows, registers, T.CreateChecked(squares.Slope(examples)));
                break;
            case Objective.Logistic:
                OutputError<TLanes, T>.OfMargins(made, targets, errors, row, rows, registers, T.CreateChecked(examples));
                break;
            case Objective.ExpectedLogistic:
                expected!.Write(made, targets, errors, examples);
                break;
            default:
                OfClasses(made, targets, errors, count, T.CreateChecked(examples));
                break;
        }

        if (layout.Memory.Layers[^1].HasActivation)
        {
            OutputError<TLanes, T>.Slope(made, errors, row, rows, registers, activation.Pointer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        turned?.Dispose();
        expected?.Dispose();
    }

    /// <summary>A softmax sums over units, so that these may not stand side by side; examples do then.</summary>
    private void OfClasses(T* made, T* targets, T* errors, int count, T examples)
    {
        if (turned is null)
        {
            OutputError<TLanes, T>.OfClasses(made, targets, errors, layout.Units(made, outputs).Unit, outputs, count, examples);
            return;
        }

        nint row = layout.Chunk, example = layout.Units(made, outputs).Example;
        T* scores = turned.Pointer, wanted = scores + outputs * row, slopes = wanted + outputs * row;
        Transposition<T>.Of(made, example, scores, row, count, outputs);
        Transposition<T>.Of(targets, example, wanted, row, count, outputs);
        OutputError<TLanes, T>.OfClasses(scores, wanted, slopes, row, outputs, (count + TLanes.Count - 1) / TLanes.Count, examples);
        Transposition<T>.Of(slopes, row, errors, example, outputs, count);
    }
}
