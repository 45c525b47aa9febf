using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Tests.Fakes;
using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Experiments;

namespace Sweeper.Cluster.Tests.Coordinator;

/// <summary>
/// A sweep of two widths, trained by nobody: its packs take as long as they were measured to take on a core of an AMD EPYC (CPU time
/// of a pack of 16 lanes with 3,000 steps: 0.95 s with 12 units, 60 s with 192).
/// </summary>
public sealed class ForecastTests
{
    private const double Narrow = 0.95;
    private const double Wide = 60;
    private const int Workers = 2;

    private readonly MemoryFolders folders = new();
    private readonly ManualClock clock = new();

    [Theory]
    [InlineData("[12, 192]", 20)]
    [InlineData("[192, 12]", 20)]
    [InlineData("[12, 192]", 3)]
    [InlineData("[12, 192]", 1)]
    public void The_remaining_time_is_right_within_a_factor_of_two_all_along(string widths, int packs)
    {
        var told = Run(Plan(widths, packs));

        var (lastAt, last) = told[^1];
        Assert.Equal((1.0, default(TimeRange?)), (last.Share, last.Left));
        var end = lastAt.TotalSeconds;
        var foretold = told.Where(one => one.Work.Left is not null && one.At.TotalSeconds < end - 5).ToList();
        foreach (var (at, work) in foretold)
        {
            var (from, to) = work.Left!.Value;
            var middle = Math.Sqrt(from.TotalSeconds * to.TotalSeconds);
            Assert.InRange(middle / (end - at.TotalSeconds), 0.5, 2);
        }

        // It is said early, and is no range any more when all kinds of packs have been seen at work.
        Assert.InRange(foretold[0].At.TotalSeconds, 0, 5);
        var late = foretold.Where(one => one.At.TotalSeconds > end / 2 && widths == "[12, 192]");
        Assert.All(late, one => Assert.Equal(one.Work.Left!.Value.From, one.Work.Left.Value.To));

        // What is done of the work grows with time, not with the number of trials.
        var half = told.First(one => one.At.TotalSeconds >= end / 2).Work.Share;
        Assert.InRange(half, 0.25, 0.75);
    }

    [Fact]
    public void A_run_that_continues_another_begins_with_what_the_journal_knows()
    {
        var half = Run(Plan("[12, 192]", 6), until: work => work.Share > 0.5);
        clock.Advance(TimeSpan.FromHours(8));
        var rest = Run(Plan("[12, 192]", 6));

        var (at, first) = rest[0];
        Assert.Equal(first.Left!.Value.From, first.Left.Value.To);
        Assert.InRange(first.Left.Value.To / (rest[^1].At - at), 0.8, 1.25);
        Assert.InRange(half[^1].Work.Share, 0.5, 0.7);
        Assert.InRange(first.Share, 0, 0.01);
    }

    [Fact]
    public void Nothing_is_foretold_while_nobody_trains()
    {
        using var session = Open(Plan("[12, 192]", 2));
        Assert.Equal(new SweepWork(0, null), Forecast.Of(session.Ledger, session.Pace, Workers));
    }

    private static SweepPlan Plan(string widths, int packs) => SweepPlan.Create(
        SweepFile.Parse($$"""
            sweep: two-widths
            experiment: teacher-student
            fixed: { steps: 3000, train_examples: 128, validation_examples: 64 }
            grid: { width: {{widths}}, learning_rate: { linspace: [1e-4, 1e-3, {{packs}}] } }
            seeds: 16
            lanes: 16
            measure: [ { at: { log: 20 }, metrics: [relative_loss] } ]
            """.Replace("linspace: [1e-4, 1e-3, 1]", "linspace: [1e-4, 1e-4, 1]"), "test.yaml", SweepOverrides.None),
        new ExperimentCatalog());

    private LedgerSession Open(SweepPlan plan) => LedgerSession.Open(
        plan, RunScope.All, "folder",
        new CoordinatorSetup(folders, new ExperimentCatalog(), new MemorySubmissions(), new ClusterTimings(), clock, "0.1.0"));

    /// <summary>Two workers, looked at every half second; their reports come once a second.</summary>
    private List<(TimeSpan At, SweepWork Work)> Run(SweepPlan plan, Func<SweepWork, bool>? until = null)
    {
        using var session = Open(plan);
        var ledger = session.Ledger;
        var begun = clock.GetTimestamp();
        var told = new List<(TimeSpan, SweepWork)>();
        var since = new Dictionary<long, TimeSpan>();
        while (true)
        {
            var now = clock.GetElapsedTime(begun);
            foreach (var lease in ledger.Leases.ToList())
            {
                var (task, trained) = (ledger.TaskOf(lease), now - since[lease.Number]);
                var needed = plan.TrialAt(task.Pack.First).Point.Integer("width") == 12 ? Narrow : Wide;
                if (trained.TotalSeconds >= needed)
                {
                    var segment = new StagedSegment($"{task.Pack.Id}-0.parquet", "staged", "hash", 1, 1);
                    session.Record(ledger.Grant(lease, segment, [], needed));
                    session.Commit(ledger.Leases.Find(lease.Number)!.Granted!);
                }
                else if (trained.TotalSeconds % 1 == 0)
                {
                    var step = (long)(3000 * trained.TotalSeconds / needed);
                    ledger.Leases.Renew(lease.Number, lease.Worker, "life", new PackStep(step, 3000, 16, []), now);
                }
            }

            for (var worker = 0; worker < Workers; worker++)
            {
                if (ledger.HasPending && ledger.Leases.Of($"worker-{worker}") is null)
                {
                    session.Record(ledger.GiveTo($"worker-{worker}", "fake", default));
                    since[ledger.Leases.Assign(ledger.History.LastLease, "life").Number] = now;
                }
            }

            session.Save();
            told.Add((now, Forecast.Of(ledger, session.Pace, Workers)));
            if (ledger.IsDone || until?.Invoke(told[^1].Item2) is true)
            {
                foreach (var lease in ledger.Leases.ToList())
                {
                    session.Record(ledger.End(lease, FailureKind.Drained, "stopped", default));
                }

                session.Save();
                return told;
            }

            clock.Advance(TimeSpan.FromSeconds(0.5));
        }
    }
}
