namespace Sweeper.Training.Quantities;

/// <summary>Matrices of which singular vectors are wanted, and not values only.</summary>
[Flags]
internal enum SingularVectors
{
    /// <summary>Of none.</summary>
    None = 0,

    /// <summary>Of weight matrices.</summary>
    OfWeights = 1,

    /// <summary>Of Jacobians, but only their products in <see cref="JacobianProducts"/>.</summary>
    AlongJacobians = 2,

    /// <summary>Of Jacobians.</summary>
    OfJacobians = 4,
}
