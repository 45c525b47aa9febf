using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Hosting;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>A coordinator without a cluster around it.</summary>
public abstract class ActorTest() : TestKit(Configuration)
{
    private static readonly Config Configuration = ConfigurationFactory
        .ParseString("akka { loglevel = OFF, test.single-expect-default = 30s }")
        .WithFallback(SweeperAkkaExtensions.SharedConfiguration());

    internal MemoryFolders Folders { get; } = new();

    internal MemoryFolder Folder => Folders["results/test"];

    internal ISubmissionStore Submissions { get; } = new MemorySubmissions();

    internal ManualClock Clock { get; } = new();

    internal static ClusterTimings Timings { get; } = TestNode.Brisk;

    /// <summary>A coordinator that has accepted a sweep.</summary>
    internal IActorRef CoordinatorOf(SweepPlan plan, ClusterTimings? timings = null)
    {
        var setup = new CoordinatorSetup(Folders, new FakeExperiments(), Submissions, timings ?? Timings, Clock, "0.1.0");
        var coordinator = Sys.ActorOf(Props.Create(() => new CoordinatorActor(setup)));
        coordinator.Tell(Submit("submission", plan, "results/test"), TestActor);
        this.Next<SweepAccepted>();
        return coordinator;
    }

    internal static SubmitSweep Submit(string submission, SweepPlan plan, string folder) =>
        new(new Submission(submission, plan.ResolvedText, folder, RunScope.All));

    internal static WorkerReady Ready(string worker, string incarnation = "life") =>
        new(worker, incarnation, "cpu", "fake 1", [new("fake", 1)], "0.1.0");
}

/// <summary>What a probe is told.</summary>
internal static class Probing
{
    /// <summary>The next message of a type (and content); others before it are passed over.</summary>
    public static T Next<T>(this TestKitBase probe, Predicate<T>? isWanted = null) => probe.FishForMessage<T>(
        isWanted ?? (_ => true), TestNode.Patience, cancellationToken: TestContext.Current.CancellationToken);
}
