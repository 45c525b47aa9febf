using Sweeper.Cluster.Status;
using Sweeper.Core.Packing;

namespace Sweeper.Cluster.Coordinator;

/// <summary>How much of a sweep's work is done, and when the rest will be. Pure.</summary>
internal sealed class Forecast
{
    // A kind of pack of which none was seen may take so much less, or more.
    private const double Unknown = 2;

    // What a pack did so far says how long it takes, when it is not too little.
    private const double LeastShare = 0.02;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(2);

    private readonly SweepLedger ledger;
    private readonly PackPace pace;
    private readonly Dictionary<(PackKind Kind, int Lanes), Expectation> expected = [];

    private Forecast(SweepLedger ledger, PackPace pace)
    {
        this.ledger = ledger;
        this.pace = pace;
        var byKind = ledger.Leases.GroupBy(lease => KeyOf(ledger.TaskOf(lease)));
        foreach (var alike in byKind.Where(alike => !pace.Knows(alike.Key.Kind, alike.Key.Lanes)))
        {
            // The one that is furthest knows best.
            if (alike.OrderByDescending(lease => lease.Progress.Step).Select(OwnSeconds).FirstOrDefault() is { } seconds)
            {
                expected[alike.Key] = new Expectation(seconds, IsKnown: true);
            }
        }
    }

    /// <summary>Of a ledger now.</summary>
    /// <param name="ledger">Where every pack is.</param>
    /// <param name="pace">How long packs take.</param>
    /// <param name="workers">Workers that train them.</param>
    public static SweepWork Of(SweepLedger ledger, PackPace pace, int workers) => new Forecast(ledger, pace).Tell(workers);

    private SweepWork Tell(int workers)
    {
        var all = ledger.Asked.Sum(task => Whole(task).Seconds);
        var running = ledger.Leases.Select(Left).ToList();
        var pending = ledger.Pending.Select(Left).ToList();
        var share = all > 0 ? Math.Clamp(1 - running.Concat(pending).Sum(piece => piece.Seconds) / all, 0, 1) : 1;
        TimeSpan End(double unknown)
        {
            var seconds = ListSchedule.SecondsToEnd(
                running.Select(piece => piece.If(unknown)), pending.Select(piece => piece.If(unknown)), workers);
            return TimeSpan.FromSeconds(Math.Min(seconds, SweepWork.Longest.TotalSeconds));
        }

        return running.Count > 0 && (pace.HasLearnt || running.Exists(piece => piece.IsKnown))
            ? new SweepWork(share, new TimeRange(End(1 / Unknown), End(Unknown)))
            : new SweepWork(share, null);
    }

    /// <summary>A pack from its first step to its last.</summary>
    private Expectation Whole(PackTask task)
    {
        var key = KeyOf(task);
        return expected.TryGetValue(key, out var known) ? known
            : expected[key] = new Expectation(pace.SecondsOf(key.Kind, key.Lanes), pace.Knows(key.Kind, key.Lanes));
    }

    /// <summary>A pack that may go on from a checkpoint.</summary>
    private Expectation Left(PackTask task)
    {
        var paused = ledger.History.Begun.GetValueOrDefault(task.Pack.Id)?.File.Checkpoint?.Step ?? 0;
        return Whole(task).Less(paused / Math.Max(1.0, task.Schedule.Snapshots[^1].Step));
    }

    /// <summary>A pack in a worker's hands: the further it is, the more its own pace counts.</summary>
    private Expectation Left(Lease lease)
    {
        var task = ledger.TaskOf(lease);
        if (lease.Progress.LastStep == 0)
        {
            return Left(task);
        }

        var share = lease.Progress.Step / (double)lease.Progress.LastStep;
        var whole = OwnSeconds(lease) is { } own
            ? new Expectation(share * own + (1 - share) * Whole(task).Seconds, IsKnown: true)
            : Whole(task);
        return whole.Less(share);
    }

    /// <summary>
    /// How long the pack of a lease takes if it goes on as since the first report of it; null where that is too little to tell.
    /// </summary>
    private static double? OwnSeconds(Lease lease)
    {
        if (lease.Begun is not { } begun)
        {
            return null;
        }

        var share = (lease.Progress.Step - begun.Step) / Math.Max(1.0, lease.Progress.LastStep);
        var time = lease.ReportedAt - begun.At;
        return share >= LeastShare && time >= LeastTime ? time.TotalSeconds / share : null;
    }

    private static (PackKind Kind, int Lanes) KeyOf(PackTask task) => (task.Kind, task.Pack.Lanes);

    /// <param name="Seconds">Expected.</param>
    /// <param name="IsKnown">Whether a pack of its kind was seen at work.</param>
    private readonly record struct Expectation(double Seconds, bool IsKnown)
    {
        public Expectation Less(double share) => this with { Seconds = Seconds * (1 - Math.Clamp(share, 0, 1)) };

        public double If(double unknown) => IsKnown ? Seconds : Seconds * unknown;
    }
}
