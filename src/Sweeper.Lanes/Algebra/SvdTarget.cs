namespace Sweeper.Lanes.Algebra;

/// <summary>Where the parts of A = U S V^T go.</summary>
/// <param name="U">Left vectors as columns; missing where none are wanted.</param>
/// <param name="S">Singular values, as matrices of one row.</param>
/// <param name="V">Right vectors as columns; missing where none are wanted.</param>
internal readonly record struct SvdTarget(Matrices U, Matrices S, Matrices V)
{
    /// <summary>The parts of A^T.</summary>
    public SvdTarget Transposed => new(V, S, U);
}
