using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Core.Errors;

namespace Sweeper.Simulation.Tests;

/// <summary>What went wrong under a seed, with as few faults as it takes.</summary>
/// <param name="Seed">Of everything that is drawn.</param>
/// <param name="Violation">What does not hold.</param>
/// <param name="Faults">Without any one of these it holds, or is another seed's matter.</param>
internal sealed record Finding(int Seed, string Violation, ImmutableArray<InjectedFault> Faults)
{
    /// <summary>The first seed of some under which something is wrong, or null.</summary>
    /// <param name="seeds">Which; several are tried at once.</param>
    /// <param name="bug">Planted; null: none.</param>
    public static Finding? First(IEnumerable<int> seeds, PlantedBug? bug = null)
    {
        // Not in chunks: the first ones first.
        var found = new ConcurrentDictionary<int, string>();
        Parallel.ForEach(Partitioner.Create(seeds, EnumerablePartitionerOptions.NoBuffering), (seed, state) =>
        {
            if (found.IsEmpty && Run(seed, Simulation.FaultsOf(seed), bug) is { } violation)
            {
                found[seed] = violation;
                state.Stop();
            }
        });
        return found.IsEmpty ? null : Shrink(found.Keys.Min(), bug);
    }

    public override string ToString() =>
        $"seed {Seed}: {Violation}\n{string.Join('\n', Faults.Select(fault => $"  {fault}"))}\n"
        + $"SWEEPER_SIMULATION_SEED={Seed} replays it, and prints every message";

    private static Finding Shrink(int seed, PlantedBug? bug)
    {
        var faults = Simulation.FaultsOf(seed);
        var violation = Run(seed, faults, bug)!;
        for (var place = faults.Length - 1; place >= 0; place--)
        {
            var fewer = faults.RemoveAt(place);
            if (Run(seed, fewer, bug) is { } still)
            {
                (faults, violation) = (fewer, still);
            }
        }

        return new Finding(seed, violation, faults);
    }

    private static string? Run(int seed, ImmutableArray<InjectedFault> faults, PlantedBug? bug)
    {
        PlantedBugs.Plant(bug);
        try
        {
            return Simulation.Run(seed, faults);
        }
        finally
        {
            PlantedBugs.Plant(null);
        }
    }
}
