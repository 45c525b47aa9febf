using System.Diagnostics.Metrics;
using System.Net;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Sweeper.Cluster.Hosting;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Terminal;

namespace Sweeper.Running.Metrics;

/// <summary>
/// What a coordinator tells Prometheus: numbers about its sweeps, by plain HTTP and read-only. docs/operations.md lists them.
/// </summary>
internal sealed class MetricsEndpoint : IDisposable
{
    private const string Name = "Sweeper";

    /// <summary>An SSD takes a millisecond, a shared folder some; a second is trouble.</summary>
    private static readonly double[] SyncSeconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Meter meter = new(Name);
    private readonly CancellationTokenSource ended = new();
    private readonly MeterProvider provider;
    private volatile int workers;

    /// <summary>Begins to serve. Throws <see cref="SweepException"/> (preflight) where it cannot listen.</summary>
    /// <param name="address">Where.</param>
    /// <param name="folders">The coordinator's folders; wrapped, they are in <see cref="Folders"/>.</param>
    /// <param name="submissions">What was submitted and has not ended.</param>
    /// <param name="roots">Folders under which results are written.</param>
    public MetricsEndpoint(MetricsAddress address, ISweepFolders folders, ISubmissionStore submissions, IReadOnlyList<string> roots)
    {
        var synced = meter.CreateHistogram<double>("sweeper.journal.sync", "s", "Time until lines of a journal were on disk.");
        Folders = new MeteredFolders(
            folders, (sweep, seconds) => synced.Record(seconds, new KeyValuePair<string, object?>("sweep", sweep)), TimeProvider.System);
        Describe(submissions, roots);
        try
        {
            provider = Sdk.CreateMeterProviderBuilder().AddMeter(Name)
                .AddView("sweeper.journal.sync", new ExplicitBucketHistogramConfiguration { Boundaries = SyncSeconds })
                .AddPrometheusHttpListener(options =>
                {
                    (options.Host, options.Port) = (address.Host, address.Port);
                    options.ConfigureHttpListener = (_, listener) => address.Aliases.ToList().ForEach(listener.Prefixes.Add);
                    (options.ScopeInfoEnabled, options.TargetInfoEnabled) = (false, false);
                })
                .Build();
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpListenerException)
        {
            meter.Dispose();
            throw new SweepException(
                ExitCode.Preflight, $"metrics cannot be served at {address.Url}: {(fault.InnerException ?? fault).Message}",
                "--metrics names an address of this host and a port that is free on it.", inner: fault);
        }
    }

    /// <summary>The coordinator's folders, followed.</summary>
    public MeteredFolders Folders { get; }

    /// <summary>Counts the workers that a coordinator has heard of lately, from now on.</summary>
    public async Task CountWorkersAsync(SweepClient client, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ended.Token);
        try
        {
            while (true)
            {
                workers = (await client.WorkersAsync(either.Token)).Length;
                await Task.Delay(LookEvery, either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            workers = 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ended.Cancel();
        provider.Dispose();
        meter.Dispose();
        ended.Dispose();
    }

    private void Describe(ISubmissionStore submissions, IReadOnlyList<string> roots)
    {
        meter.CreateObservableGauge("sweeper.sweep.open", () => OfSweeps(reading => reading.IsOpen ? 1 : 0),
            description: "1 while the coordinator has the sweep open, 0 when it is over and its numbers stay as they ended.");
        meter.CreateObservableGauge("sweeper.trials", () => Labelled(Trials),
            description: "Trials of a sweep: committed, failed, pending (in workers' hands or not).");
        meter.CreateObservableGauge(
            "sweeper.trials.diverged", () => OfSweeps(reading => reading.Diverged), description: "Committed trials that diverged.");
        meter.CreateObservableGauge("sweeper.leases", () => OfSweeps(reading => reading.Leases), description: "Packs in workers' hands.");
        meter.CreateObservableGauge(
            "sweeper.last_commit.timestamp", () => OfSweeps(reading => reading.LastCommit.ToUnixTimeMilliseconds() / 1000.0), "s",
            "When something was committed last, in Unix time; before the first time, when the sweep was opened.");
        meter.CreateObservableCounter(
            "sweeper.attempts.ended", () => Labelled(
                Ended), description: "Attempts at a pack that ended without a commit, by kind, since the coordinator took the sweep up.");
        meter.CreateObservableGauge("sweeper.workers", () => workers, description: "Workers that the coordinator has heard of lately.");
        meter.CreateObservableGauge("sweeper.sweeps", () => Sweeps(submissions), description: "Sweeps: open, or waiting for their folder.");
        meter.CreateObservableGauge("sweeper.results.free", () => Free(roots), "By", "Free space where results are written.");
    }

    private IEnumerable<Measurement<T>> OfSweeps<T>(Func<SweepReading, T> value)
        where T : struct => Folders.Read().Select(reading => new Measurement<T>(value(reading), Labels(reading)));

    /// <summary>With one more label.</summary>
    private IEnumerable<Measurement<long>> Labelled(Func<SweepReading, (long Value, string Label, string Word)[]> values) =>
        from reading in Folders.Read()
        from one in values(reading)
        select new Measurement<long>(one.Value, [.. Labels(reading), new(one.Label, one.Word)]);

    private static KeyValuePair<string, object?>[] Labels(SweepReading reading) =>
        [new("sweep", reading.Sweep), new("folder", reading.Folder)];

    private static (long, string, string)[] Trials(SweepReading reading) =>
        [(reading.Committed, "state", "committed"), (reading.Failed, "state", "failed"), (reading.Pending, "state", "pending")];

    /// <summary>
    /// All kinds, from the beginning on: what appears with its first event looks to Prometheus as if nothing had happened.
    /// </summary>
    private static (long, string, string)[] Ended(SweepReading reading) =>
        [.. Enum.GetValues<Core.Journal.FailureKind>()
            .Select(kind => (reading.Ended.GetValueOrDefault(kind), "kind", JsonLine.Word(kind)))];

    private IEnumerable<Measurement<int>> Sweeps(ISubmissionStore submissions)
    {
        var open = Folders.Open;
        yield return new Measurement<int>(open, new KeyValuePair<string, object?>("state", "open"));
        yield return new Measurement<int>(
            Math.Max(0, submissions.Load().Select(one => one.Folder).Distinct().Count() - open), new KeyValuePair<string, object?>(
                "state", "waiting"));
    }

    private static IEnumerable<Measurement<long>> Free(IReadOnlyList<string> roots) =>
        from root in roots.Select(Path.GetFullPath).Distinct()
        where Directory.Exists(root)
        select new Measurement<long>(new DriveInfo(root).AvailableFreeSpace, new KeyValuePair<string, object?>("folder", root));
}
