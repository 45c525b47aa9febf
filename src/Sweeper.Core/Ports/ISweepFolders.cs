using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Ports;

/// <summary>Opens results folders.</summary>
public interface ISweepFolders
{
    /// <summary>
    /// Creates or opens the folder of a plan for writing and takes its lock. Throws
    /// <see cref="Errors.SweepException"/> (preflight) when it is held by another writer, belongs to another
    /// experiment, is not writable or is damaged, or lies where this process writes for nobody.
    /// </summary>
    ISweepFolder OpenForWriting(SweepPlan plan, string path);
}
