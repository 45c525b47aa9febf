namespace Sweeper.Core.Sweeps;

/// <summary>A key of sweep files.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Scope">Where it may stand.</param>
/// <param name="Value">What its value is, for documentation.</param>
/// <param name="Silent">What holds where the file does not have it.</param>
public sealed record SweepKey(string Name, SweepKeyScope Scope, string Value, string Silent);

/// <summary>Where a key may stand.</summary>
public enum SweepKeyScope
{
    /// <summary>In the file itself.</summary>
    File,

    /// <summary>In the file and in its profiles, which are laid over it.</summary>
    Profile,
}
