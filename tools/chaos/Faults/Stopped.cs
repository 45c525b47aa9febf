using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Faults;

/// <summary>
/// SIGSTOP of a process for longer than the failure detector and a lease last (20 s), then SIGCONT: it goes on as if nothing had
/// happened, and what it says is late.
/// </summary>
internal sealed record Stopped(Role Role) : IFault
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(32);

    /// <inheritdoc/>
    public string Name => $"SIGSTOP for {Long.TotalSeconds} s, {Role.Word()}";

    /// <inheritdoc/>
    public bool Fits(Round round) => round.Free(Role).Count > 0;

    /// <inheritdoc/>
    public async Task<bool> StrikeAsync(Round round, CancellationToken over)
    {
        var member = round.Pick(round.Free(Role), 1)[0];
        round.Fell(this);
        member.IsBusy = true;
        var life = member.Process;
        life?.Send(Signal.Stop);
        await Task.Delay(Long, over).ContinueWith(_ => { }, TaskScheduler.Default);
        life?.Send(Signal.Continue);
        member.IsBusy = false;
        return true;
    }
}
