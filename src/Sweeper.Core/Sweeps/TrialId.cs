namespace Sweeper.Core.Sweeps;

/// <summary>
/// Content hash of a trial: the first 20 hex digits of SHA-256 over its canonical JSON (see <see cref="TrialIdentity"/>).
/// </summary>
public readonly record struct TrialId(string Hex)
{
    /// <inheritdoc/>
    public override string ToString() => Hex;
}
