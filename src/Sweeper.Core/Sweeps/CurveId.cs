namespace Sweeper.Core.Sweeps;

/// <summary>Content hash of a point: that of a trial without its seed.</summary>
public readonly record struct CurveId(string Hex)
{
    /// <inheritdoc/>
    public override string ToString() => Hex;
}
