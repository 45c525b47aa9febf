using Sweeper.Chaos.Processes;

namespace Sweeper.Chaos;

/// <summary>Who is killed when, and what that may cost.</summary>
/// <param name="CheckpointSeconds">Wall time after which packs pause, in the quiet run too.</param>
/// <param name="MostTimes">The run may take so many times as long as a quiet one.</param>
/// <param name="Kills">In order of time, from the length of a quiet run; those that the end of the sweep forestalls do not fall.</param>
/// <param name="Least">So many have to fall.</param>
internal sealed record KillPlan(
    double CheckpointSeconds, double MostTimes, Func<TimeSpan, IEnumerable<(TimeSpan Due, Role Victim)>> Kills, Func<TimeSpan, int> Least)
{
    /// <summary>One kill in so many is the coordinator's.</summary>
    private const int CoordinatorEvery = 5;

    /// <summary>So many kills at random, within as long as a quiet run takes.</summary>
    public static KillPlan Scattered(int kills, Random random) => new(
        CheckpointSeconds: 3, MostTimes: 2,
        quiet => Enumerable.Range(0, kills).Select(_ => quiet * random.NextDouble()).Order().ToList()
            .Select(due => (due, random.Next(CoordinatorEvery) == 0 ? Role.Coordinator : Role.Worker)),
        _ => kills);

    /// <summary>Of the coordinator, every so often to the end; checkpoints as usual, so that what they save is no excuse.</summary>
    public static KillPlan OfCoordinator(TimeSpan every) => new(
        CheckpointSeconds: 60, MostTimes: 1.15,
        _ => Enumerable.Range(1, int.MaxValue).Select(number => (every * number, Role.Coordinator)),
        quiet => (int)(quiet / every) - 1);
}
