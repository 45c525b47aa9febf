using System.Collections.Immutable;

namespace Sweeper.Training.Models;

/// <summary>One named parameter.</summary>
/// <param name="Name">`W1`, `b1`, ...; also the `component` of its measurements.</param>
/// <param name="Shape">Shape without the lane dimension.</param>
/// <param name="Role">What it is for.</param>
internal sealed record ParameterSpec(string Name, ImmutableArray<long> Shape, ParameterRole Role)
{
    /// <summary>How a weight is read as a matrix.</summary>
    public MatrixView View { get; init; } = MatrixView.OutputsFirst;

    /// <summary>Where its values begin: weights where PyTorch's do, scales at 1, everything else at 0.</summary>
    public InitialLaw Initial { get; init; } = Role switch
    {
        ParameterRole.Weight => InitialLaw.TorchDefault,
        ParameterRole.Scale => InitialLaw.One,
        _ => InitialLaw.Zero,
    };

    /// <summary>Number of the random stream of its initial values; by default its position in the layout.</summary>
    public int? Stream { get; init; }

    /// <summary>Whether training changes it.</summary>
    public bool IsTrained => Role is not (ParameterRole.Buffer or ParameterRole.Frozen);

    /// <summary>Whether weight decay applies to it, if it is trained.</summary>
    public bool IsDecayed { get; init; } = true;

    /// <summary>
    /// The weights whose outputs a weight takes in: its neighbours before it, with which its singular vectors are compared. A name of a
    /// weight or of a block of its rows (`Win.value`) will do where all of its outputs are all of the inputs.
    /// </summary>
    public ImmutableArray<Predecessor> Follows { get; init; } = [];

    /// <summary>Whether it makes the outputs of the network: then it is not pruned, truncated or perturbed with the others.</summary>
    public bool IsHead { get; init; }

    /// <summary>Number of values.</summary>
    public long Size { get; } = Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>Outputs of a weight: rows of its matrix.</summary>
    public long Outputs => Shape[View.IsInputsFirst ? 1 : 0];

    /// <summary>Its inputs.</summary>
    public long Inputs => Shape[View.IsInputsFirst ? 0 : 1];

    /// <summary>Positions of a convolution's kernel; 1 for a plain matrix.</summary>
    public long Taps => Size / (Inputs * Outputs);

    /// <summary>Columns of its matrix.</summary>
    public long Columns => Inputs * Taps;

    /// <summary>The position in the middle of the kernel.</summary>
    public long CentreTap => Shape.Skip(2).Aggregate(0L, (place, side) => place * side + side / 2);

    /// <summary>Singular values of its matrix.</summary>
    public long Rank => Math.Min(Outputs, Columns);
}
