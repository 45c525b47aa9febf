using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Machines;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Coordinator;

public sealed class StatusReportTests : ActorTest
{
    [Fact]
    public void That_no_worker_may_train_is_said_of_a_sweep_that_gives_packs_and_not_of_one_that_is_ending()
    {
        var plan = FakeExperiments.Plan(depths: 1);
        var setup = new CoordinatorSetup(Folders, new FakeExperiments(), Submissions, Timings, Clock, "0.1.0");
        var submission = new Submission("", plan.ResolvedText, "folder", RunScope.All);
        var (sweep, _) = SweepOpening.Of(plan, submission, [], _ => true, setup, Moment.Of(Clock));

        Assert.Equal((SweepState.Waiting, "no worker may train this sweep: cpu/0 runs Sweeper 9.9.9"), Report("runs Sweeper 9.9.9"));
        foreach (var phase in (SweepPhase[])[SweepPhase.Stopping, SweepPhase.Closing])
        {
            sweep.Phase = phase;
            Assert.Equal((SweepState.Running, null), Report("no pack is pending"));
        }

        (SweepState, string?) Report(string reason)
        {
            var status = StatusReport.Of("", sweep, [new WorkerSeen("cpu/0", "cpu", reason, null)]);
            return (status.State, status.Warning);
        }
    }
}
