using System.Diagnostics;
using Sweeper.Chaos.Checks;

namespace Sweeper.Chaos.Rounds;

/// <summary>A sweep that nothing happened to, on the same processes: what every other one is compared with.</summary>
/// <param name="Folder">Its results folder.</param>
/// <param name="Took">From the first process to the end of the sweep.</param>
internal sealed record Reference(string Folder, TimeSpan Took)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Trains it. Throws <see cref="InvalidOperationException"/> when even that does not go well.</summary>
    public static async Task<Reference> TrainAsync(ClusterOptions options)
    {
        var cluster = new ChaosCluster(options);
        var clock = Stopwatch.StartNew();
        await cluster.StartAsync();
        await Task.WhenAny(cluster.Done, Task.Delay(Patience));
        var took = clock.Elapsed;
        await cluster.StopAsync();
        var wrong = cluster.Problems.Concat(FolderCheck.Of(options.SweepFolder, options.SweepFolder)).ToList();
        return wrong.Count == 0
            ? new Reference(options.SweepFolder, took)
            : throw new InvalidOperationException(string.Join('\n', wrong.Prepend("the quiet run failed")));
    }
}
