using System.Diagnostics;
using Sweeper.Chaos.Faults;
using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos;

/// <summary>
/// Round after round until the time is over: each trains a sweep under faults that a seed draws, and compares it with a quiet one.
/// </summary>
internal sealed class Campaign(TimeSpan time, int seed, string root, TextWriter output)
{
    /// <summary>From here on a kind of fault that never fell is a failure: there was time for all.</summary>
    private static readonly TimeSpan TimeForAll = TimeSpan.FromMinutes(20);

    private static readonly string[] Sweeps = ["noise", "momentum", "branches"];
    private const double CheckpointSeconds = 1;

    private readonly Random random = new(seed);
    private readonly Tally tally = new();
    private readonly Dictionary<string, Reference> references = [];
    private readonly string mark = Guid.NewGuid().ToString("N");

    /// <summary>Runs it all; 0 when nothing was lost.</summary>
    public async Task<int> RunAsync()
    {
        Orphans.KillAtExit(mark);
        var deck = new Deck(FaultTable.All, random);
        var clock = Stopwatch.StartNew();
        var (rounds, failed) = (0, 0);
        while (clock.Elapsed < time)
        {
            var options = Draw(++rounds);
            var reference = await ReferenceAsync(options.Sweep);
            var result = await new Round(options, tally, random).RunAsync(deck, reference);
            output.WriteLine(
                $"round {rounds}: {options.Sweep.Name}, {options.Shape}: {result.Took.TotalSeconds:F0} s, {tally.Total} faults so far, "
                + $"{(result.Complaints.Count == 0 ? "as it should be" : "FAILED")}");
            foreach (var complaint in result.Complaints)
            {
                output.WriteLine($"  {complaint}");
            }

            failed += result.Complaints.Count == 0 ? 0 : 1;
        }

        output.WriteLine();
        tally.Write(output);
        output.WriteLine();
        var missing = Missing();
        output.WriteLine(
            $"{tally.Total} faults in {rounds} rounds, {clock.Elapsed.TotalMinutes:F1} minutes, seed {seed}; results lost or "
            + $"changed: {failed}");
        return failed == 0 && (missing == 0 || time < TimeForAll) ? 0 : 1;
    }

    /// <summary>Says which kinds never fell, and why; the number of those that could have.</summary>
    private int Missing()
    {
        var never = FaultTable.All.DistinctBy(fault => fault.Name).Where(fault => tally.Of(fault.Name) == 0).ToList();
        foreach (var fault in never)
        {
            output.WriteLine(fault.Lack is { } lack ? $"not tried: {fault.Name}: {lack}" : $"never fell: {fault.Name}");
        }

        return never.Count(fault => fault.Lack is null);
    }

    /// <summary>
    /// Every fourth round is of a single process; every third one loses messages; a process of each has a clock that can be set.
    /// </summary>
    private ClusterOptions Draw(int round) => new(
        round % 4 == 2 ? ClusterShape.OneProcess : ClusterShape.Cluster,
        SweepFile.Of(Sweeps[(round - 1) % (time < TimeForAll ? 1 : Sweeps.Length)]), Path.Combine(root, $"round-{round}"),
        CheckpointSeconds, mark)
    {
        Messages = round % 3 == 0 ? LossyMessages.Variable(random.Next(1000)) : null,
        Skewed = FakeClock.Lack is not null ? null : round % 2 == 0 ? Role.Worker : Role.Coordinator,
    };

    private async Task<Reference> ReferenceAsync(SweepFile sweep)
    {
        if (!references.TryGetValue(sweep.Name, out var reference))
        {
            reference = await Reference.TrainAsync(new ClusterOptions(
                ClusterShape.Cluster, sweep, Path.Combine(root, $"quiet-{sweep.Name}"), CheckpointSeconds, mark));
            references.Add(sweep.Name, reference);
            output.WriteLine($"{sweep.Name}, quiet: {reference.Took.TotalSeconds:F0} s");
        }

        return reference;
    }
}
