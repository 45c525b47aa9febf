using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Faults;

/// <summary>SIGKILL of one or several processes of a role, within less than a second.</summary>
internal sealed record Killed(Role Role, int Count = 1) : IFault
{
    /// <inheritdoc/>
    public string Name => Count == 1 ? $"SIGKILL, {Role.Word()}" : $"SIGKILL, {Count} of {ClusterOptions.Workers} workers within a second";

    /// <inheritdoc/>
    public bool Fits(Round round) => round.Free(Role).Count >= Count;

    /// <inheritdoc/>
    public async Task<bool> StrikeAsync(Round round, CancellationToken over)
    {
        foreach (var member in round.Pick(round.Free(Role), Count))
        {
            round.Fell(this);
            member.Process?.Kill();
        }

        await Task.CompletedTask;
        return true;
    }
}
