using Akka.Actor;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Coordinator;

/// <summary>What a coordinator is made with.</summary>
/// <param name="Folders">Opens results folders.</param>
/// <param name="Catalog">Experiments of this build.</param>
/// <param name="Submissions">What is to be run, beyond the life of one coordinator.</param>
/// <param name="Timings">Patience.</param>
/// <param name="Clock">The only clock that counts: its timestamps decide which leases are lost, its time of day is journalled.</param>
/// <param name="Version">Version of Sweeper; workers must have the same.</param>
internal sealed record CoordinatorSetup(
    ISweepFolders Folders, IExperimentCatalog Catalog, ISubmissionStore Submissions, ClusterTimings Timings, TimeProvider Clock,
    string Version)
{
    /// <summary>Told in a line what a person in front of it should know.</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>
    /// Whether workers of an earlier coordinator may come with the packs that it gave them; else these are given again at once.
    /// </summary>
    public bool WorkersReturn { get; init; } = true;

    /// <summary>Told, whenever one begins, which actor makes it anew when it ends.</summary>
    public Action<IActorRef> Begun { get; init; } = _ => { };

    /// <summary>Monotonic time.</summary>
    public TimeSpan Now => Clock.GetElapsedTime(0);

    /// <summary>Time of day, for people.</summary>
    public DateTimeOffset At => Clock.GetUtcNow();
}
