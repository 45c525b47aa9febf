using System.Diagnostics;
using Sweeper.Chaos.Checks;
using Sweeper.Chaos.Faults;
using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos;

/// <summary>
/// One sweep of some hundred trials on a coordinator and three workers, twice: quiet, and under the SIGKILLs of a plan. The same
/// bytes, in at most so many times the time.
/// </summary>
internal sealed class KilledRun(KillPlan plan, Random random, SweepFile sweep, string root, TextWriter output)
{
    private const double MostPatience = 5;
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
        foreach (var (due, role) in plan.Kills(quiet.Took).TakeWhile(kill => kill.Due < quiet.Took * MostPatience))
        {
            await Task.WhenAny(cluster.Done, Task.Delay(due > clock.Elapsed ? due - clock.Elapsed : TimeSpan.Zero));
            if (cluster.Done.IsCompleted)
            {
                break;
            }

            var victim = await AliveAsync(cluster, role);
            tally.Add($"SIGKILL, {role.Word()}", SweepState.Describe(cluster.Options.SweepFolder));
            victim.Process?.Kill();
        }

        await Task.WhenAny(cluster.Done, Task.Delay(quiet.Took * MostPatience));
        var times = clock.Elapsed / quiet.Took;
        await cluster.StopAsync();
        List<string> wrong =
        [
            .. cluster.Problems, .. FolderCheck.Of(cluster.Options.SweepFolder, quiet.Folder),
            .. Orphans.Find(mark).Select(process => $"process {process} was left behind"),
            .. times > plan.MostTimes ? [$"it took more than {plan.MostTimes} times as long"] : Array.Empty<string>(),
            .. tally.Total < plan.Least(quiet.Took) ? [$"only {tally.Total} kills fell"] : Array.Empty<string>(),
        ];
        output.WriteLine($"killed: {clock.Elapsed.TotalSeconds:F0} s");
        tally.Write(output);
        foreach (var one in wrong)
        {
            output.WriteLine($"  {one}");
        }

        output.WriteLine($"attempts lost: {SweepState.LostAttempts(cluster.Options.SweepFolder)}");
        output.WriteLine(
            $"{tally.Total} kills: {times:F2} times the quiet run's {quiet.Took.TotalSeconds:F0} s, "
            + $"{(wrong.Count == 0 ? "same curves.parquet" : "FAILED")}");
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

    private ClusterOptions Options(string folder) =>
        new(ClusterShape.Cluster, sweep, Path.Combine(root, folder), plan.CheckpointSeconds, mark);
}
