namespace Sweeper.Core.Sweeps;

/// <summary>
/// Which weights of a trial are kept beside its rows (`keep: { weights: .. }`); each also keeps what the ones before it keep.
/// Never part of an id or of a plan's hash. A trial whose weights are asked for and were not kept is not covered: it is trained
/// again, and its rows come out the same; weights kept and no longer asked for stay.
/// </summary>
public enum KeptWeights
{
    /// <summary>None.</summary>
    None,
    /// <summary>Those after the last step.</summary>
    Final,
    /// <summary>Those at every measured step, and after the last one.</summary>
    Snapshots,
}
