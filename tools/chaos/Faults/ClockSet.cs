using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Faults;

/// <summary>The clock of one process is set, forth or back, while it runs.</summary>
internal sealed record ClockSet(Role Role) : IFault
{
    private const int Most = 3600;

    /// <inheritdoc/>
    public string Name => $"clock set by up to an hour, {Role.Word()}";

    /// <inheritdoc/>
    public string? Lack => FakeClock.Lack;

    /// <inheritdoc/>
    public bool Fits(Round round) => round.Cluster.Options.Skewed == Role;

    /// <inheritdoc/>
    public async Task<bool> StrikeAsync(Round round, CancellationToken over)
    {
        FakeClock.Set(round.Cluster.Options.Folder, round.Random.Next(-Most, Most + 1));
        round.Fell(this);
        await Task.CompletedTask;
        return true;
    }
}
