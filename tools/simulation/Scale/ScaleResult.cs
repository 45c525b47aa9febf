namespace Sweeper.Simulation.Scale;

/// <summary>What one size cost.</summary>
/// <param name="Case">The size.</param>
/// <param name="Packs">Packs that the plan was cut into.</param>
/// <param name="PlanSeconds">`plan`: reading the file, counting, cutting, and holding it against an empty folder.</param>
/// <param name="FirstSeconds">
/// The same as <paramref name="RunSeconds"/> of a sweep of 2,000 packs of one trial that runs before, while .NET compiles.
/// </param>
/// <param name="RunSeconds">
/// From the submission to the end, workers taking no time: everything that is not training or storing rows.
/// </param>
/// <param name="ProcessorSeconds">Processor time of all threads meanwhile: without the waiting for the disk.</param>
/// <param name="AllocatedPerTrial">Bytes allocated meanwhile, by coordinator and simulated workers, for each trial.</param>
/// <param name="ResumeSeconds">
/// Opening the finished folder for writing and taking up its journal: what a restarted coordinator does.
/// </param>
/// <param name="StatusSeconds">`status` of the finished folder, read-only, in this process.</param>
/// <param name="StatusProcessSeconds">`sweeper status` of it, from the start of its process to its end.</param>
/// <param name="PeakBytes">Largest working set of the process in all of this.</param>
/// <param name="JournalBytes">Length of the journal.</param>
internal sealed record ScaleResult(
    ScaleCase Case, int Packs, double PlanSeconds, double FirstSeconds, double RunSeconds, double ProcessorSeconds,
    double AllocatedPerTrial, double ResumeSeconds,
    double StatusSeconds, double StatusProcessSeconds,
    long PeakBytes, long JournalBytes)
{
    /// <summary>Milliseconds of the coordinator for each trial, at most: workers, journal and disk included.</summary>
    public double MillisecondsPerTrial => 1000 * RunSeconds / Case.Trials;

    /// <summary>The same for each pack.</summary>
    public double MillisecondsPerPack => 1000 * RunSeconds / Packs;
}
