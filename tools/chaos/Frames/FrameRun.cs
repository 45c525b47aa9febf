using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sweeper.Chaos.Checks;
using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;
using Sweeper.Cluster;
using Sweeper.Core.Journal;
using Sweeper.Results.Journaling;

namespace Sweeper.Chaos.Frames;

/// <summary>
/// One sweep on a coordinator and three workers, twice: quiet, and while somebody with the cluster's certificate sends frames to the
/// coordinator that none of its members would send. The same bytes, the same process, no file elsewhere, and hardly more memory.
/// </summary>
internal sealed class FrameRun(int frames, int seed, SweepFile sweep, string root, TextWriter output)
{
    private const double MostMemory = 1.2;
    private const double CheckpointSeconds = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Apart from what frames are drawn from: the n-th is always the same, whenever a connection ends.</summary>
    private readonly Random connecting = new(~seed);
    private readonly string mark = Guid.NewGuid().ToString("N");

    /// <summary>Runs it; 0 when all is as it should be.</summary>
    public async Task<int> RunAsync()
    {
        Orphans.KillAtExit(mark);
        var quiet = await TrainAsync("quiet", _ => Task.CompletedTask);
        output.WriteLine(
            $"quiet: {quiet.Took.TotalSeconds:F0} s, coordinator {quiet.PeakMegabytes:F0} MB, curves.parquet "
            + $"{FolderCheck.CurvesHash(quiet.Folder)}");
        var sent = new FrameTally();
        var attacked = await TrainAsync("attacked", cluster => SendAsync(cluster, sent));
        output.WriteLine($"attacked: {attacked.Took.TotalSeconds:F0} s");
        sent.Write(output);
        var growth = attacked.PeakMegabytes / quiet.PeakMegabytes;
        List<string> wrong =
        [
            .. quiet.Wrong, .. attacked.Wrong, .. FolderCheck.Of(attacked.Folder, quiet.Folder),
            .. growth > MostMemory ? [$"the coordinator's memory is {growth:F2} times that of the quiet one"] : Array.Empty<string>(),
            .. sent.Heard < sent.Connections / 2
                ? ["most connections were not answered: what they sent may not have been read"]
                : Array.Empty<string>(),
            .. sent.Total < frames ? [$"only {sent.Total} frames were sent"] : Array.Empty<string>(),
        ];
        foreach (var one in wrong)
        {
            output.WriteLine($"  {one}");
        }

        output.WriteLine(
            $"{sent.Total} frames by {sent.Connections} connections ({sent.Heard} answered) in {sent.Took.TotalSeconds:F0} s, "
            + $"{sent.WhileTraining} of them while the sweep ran; coordinator {attacked.PeakMegabytes:F0} MB ({growth:F2} times the quiet "
            + $"one); {(wrong.Count == 0 ? "same process, same curves.parquet, no file elsewhere" : "FAILED")}");
        return wrong.Count == 0 ? 0 : 1;
    }

    private async Task<TrainedRun> TrainAsync(string name, Func<ChaosCluster, Task> disturb)
    {
        var options = new ClusterOptions(
            ClusterShape.Cluster, sweep, Path.Combine(root, name), CheckpointSeconds, mark) { Temporary = Path.Combine(root, name, "tmp") };
        Directory.CreateDirectory(options.Temporary);
        Directory.CreateDirectory(Outside(options));
        var cluster = new ChaosCluster(options);
        var clock = Stopwatch.StartNew();
        await cluster.StartAsync();
        var coordinator = cluster.Of(Role.Coordinator).Single();
        var (process, published) = (coordinator.Process!.Id, Published(options));
        await disturb(cluster);
        await Task.WhenAny(cluster.Done, Task.Delay(Patience));
        var took = clock.Elapsed;
        List<string> wrong = [.. cluster.Done.IsCompleted
            ? Array.Empty<string>()
            : [$"the sweep was not done within {Patience.TotalMinutes} minutes"]];
        wrong.AddRange(Published(options) == published ? Array.Empty<string>() : ["the coordinator began its cluster anew"]);
        var peak = coordinator.Process is { } life && life.Id == process ? ProcessMemory.PeakMegabytes(process) : double.NaN;
        await cluster.StopAsync();
        wrong.AddRange(cluster.Problems);
        wrong.AddRange(Orphans.Find(mark).Select(orphan => $"process {orphan} was left behind"));
        wrong.AddRange(double.IsNaN(peak) ? ["the coordinator is another process than before"] : Array.Empty<string>());
        wrong.AddRange(Directory.EnumerateFileSystemEntries(options.Folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.StartsWith(options.Results, StringComparison.Ordinal) && path != options.Temporary
                && path != Outside(options))
            .Select(path => $"{path} was made"));
        return new TrainedRun(options.SweepFolder, took, peak, wrong);
    }

    /// <summary>From when the sweep has been taken up, as fast as they are taken.</summary>
    private async Task SendAsync(ChaosCluster cluster, FrameTally sent)
    {
        var folder = cluster.Options.SweepFolder;
        if (!await ChaosCluster.AwaitAsync(() => SweepState.Describe(folder) != SweepState.All[0] || cluster.Done.IsCompleted, Patience))
        {
            return;
        }

        var (coordinator, certificate) = FrameConnection.Read(cluster.Options.ClusterFile);
        var plan = JournalReader.Read(folder).OfType<JournalEntry.Planned>().Last().PlanHash;
        var generator = new FrameGenerator(new Random(seed), coordinator, SweepKey.Of(plan, folder), Outside(cluster.Options));
        using var own = certificate;
        var published = Published(cluster.Options);
        FrameConnection? connection = null;
        var clock = Stopwatch.StartNew();
        while (sent.Total < frames && clock.Elapsed < Patience && Published(cluster.Options) == published)
        {
            if (connection is null or { IsOver: true })
            {
                await EndAsync(connection);
                connection = await TryOpenAsync(coordinator, certificate);
                if (connection is null || (connecting.Next(20) > 0 && !await connection.IntroduceAsync(generator.Hello(connecting))))
                {
                    continue;
                }
            }

            var frame = generator.Next();
            if (await connection.SendAsync(frame.Bytes))
            {
                sent.Add(frame.Kind, !cluster.Done.IsCompleted);
            }

            if (frame.IsLast)
            {
                await EndAsync(connection);
                connection = null;
            }
        }

        await EndAsync(connection);
        sent.Took = clock.Elapsed;

        async Task EndAsync(FrameConnection? one)
        {
            if (one is not null)
            {
                await one.DisposeAsync();
                sent.Add(one);
            }
        }
    }

    /// <summary>A connection; null when none is taken now.</summary>
    private static async Task<FrameConnection?> TryOpenAsync(NodeName coordinator, X509Certificate2 certificate)
    {
        try
        {
            return await FrameConnection.OpenAsync(coordinator, certificate);
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
            return null;
        }
    }

    private static string Published(ClusterOptions options) => File.ReadAllText(options.ClusterFile);

    /// <summary>Where frames ask for files to be made.</summary>
    private static string Outside(ClusterOptions options) => Path.Combine(options.Folder, "outside");
}
