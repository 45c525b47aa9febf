namespace Sweeper.Lanes.Algebra;

/// <summary>Where the parts of A = U S V^T go.</summary>
/// <param name="U">Left vectors as columns; missing where they are not wanted.</param>
/// <param name="S">Singular values, as matrices of one row.</param>
/// <param name="V">Right vectors as columns; missing where they are not wanted.</param>
/// <param name="OfU">Products of left vectors that are wanted.</param>
/// <param name="OfV">Products of right vectors that are wanted.</param>
internal sealed record SvdTarget(Matrices U, Matrices S, Matrices V, VectorProduct[] OfU, VectorProduct[] OfV)
{
    /// <summary>Values only.</summary>
    public SvdTarget(Matrices values)
        : this(default, values, default, [], [])
    {
    }

    /// <summary>All parts.</summary>
    public SvdTarget(Matrices u, Matrices s, Matrices v)
        : this(u, s, v, [], [])
    {
    }

    /// <summary>Whether vectors are needed for it.</summary>
    public bool NeedsVectors => !U.IsMissing || !V.IsMissing || OfU.Length > 0 || OfV.Length > 0;

    /// <summary>The parts of A^T.</summary>
    public SvdTarget Transposed => new(V, S, U, OfV, OfU);
}
