using System.Diagnostics;
using Sweeper.Chaos.Checks;
using Sweeper.Chaos.Faults;
using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos;

/// <summary>
/// One sweep of some hundred trials on a coordinator and three workers, twice: quiet, and under so many random SIGKILLs, spread over
/// as long as the quiet one took. The same bytes, in at most twice the time.
/// </summary>
internal sealed class KilledRun(int kills, int seed, SweepFile sweep, string root, TextWriter output)
{
    private const double MostTimes = 2;
    private const double CheckpointSeconds = 3;

    /// <summary>One kill in so many is the coordinator's: then every worker loses what it trains.</summary>
    private const int CoordinatorEvery = 5;

    private readonly Random random = new(seed);
    private readonly string mark = Guid.NewGuid().ToString("N");

    /// <summary>Runs it; 0 when the bytes are the same and the time was enough.</summary>
    public async Task<int> RunAsync()
    {
        Orphans.KillAtExit(mark);
        var quiet = await Reference.TrainAsync(Options("quiet"));
        output.WriteLine($"quiet: {quiet.Took.TotalSeconds:F0} s, curves.parquet {FolderCheck.CurvesHash(quiet.Folder)}");
        var tally = new Tally();
        var cluster = new ChaosCluster(Options("killed"));
        var clock = Stopwatch.StartNew();
        await cluster.StartAsync();
        foreach (var due in Enumerable.Range(0, kills).Select(_ => quiet.Took * random.NextDouble()).Order().ToList())
        {
            await Task.WhenAny(cluster.Done, Task.Delay(due > clock.Elapsed ? due - clock.Elapsed : TimeSpan.Zero));
            if (!cluster.Done.IsCompleted)
            {
                var role = random.Next(CoordinatorEvery) == 0 ? Role.Coordinator : Role.Worker;
                var victim = await AliveAsync(cluster, role);
                tally.Add($"SIGKILL, {role.Word()}", SweepState.Describe(cluster.Options.SweepFolder));
                victim.Process?.Kill();
            }
        }

        await Task.WhenAny(cluster.Done, Task.Delay(quiet.Took * 5));
        var times = clock.Elapsed / quiet.Took;
        await cluster.StopAsync();
        List<string> wrong =
        [
            .. cluster.Problems, .. FolderCheck.Of(cluster.Options.SweepFolder, quiet.Folder),
            .. Orphans.Find(mark).Select(process => $"process {process} was left behind"),
            .. times > MostTimes ? [$"it took more than {MostTimes} times as long"] : Array.Empty<string>(),
            .. tally.Total < kills ? [$"only {tally.Total} kills fell"] : Array.Empty<string>(),
        ];
        output.WriteLine($"killed: {clock.Elapsed.TotalSeconds:F0} s");
        tally.Write(output);
        foreach (var one in wrong)
        {
            output.WriteLine($"  {one}");
        }

        output.WriteLine($"{tally.Total} kills: {times:F2} times the quiet run's {quiet.Took.TotalSeconds:F0} s, {(wrong.Count == 0 ? "same curves.parquet" : "FAILED")}");
        return wrong.Count == 0 ? 0 : 1;
    }

    private async Task<Member> AliveAsync(ChaosCluster cluster, Role role)
    {
        while (true)
        {
            var alive = cluster.Of(role).Where(member => member.Process is not null).ToArray();
            if (alive.Length > 0)
            {
                return alive[random.Next(alive.Length)];
            }

            await Task.Delay(20);
        }
    }

    private ClusterOptions Options(string folder) => new(ClusterShape.Cluster, sweep, Path.Combine(root, folder), CheckpointSeconds, mark);
}
