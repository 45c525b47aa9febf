using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Faults;

/// <summary>A signal that asks a process to end: it leaves within its grace and exits as documented.</summary>
internal sealed record Preempted(Role Role, int Number, string Signal, int ExitCode) : IFault
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => $"{Signal}, {Role.Word()}";

    /// <inheritdoc/>
    public bool Fits(Round round) => round.Free(Role).Exists(HasBegun);

    /// <inheritdoc/>
    public async Task<bool> StrikeAsync(Round round, CancellationToken over)
    {
        var member = round.Pick(round.Free(Role).FindAll(HasBegun), 1)[0];
        var life = member.Process;
        round.Fell(this);
        member.IsBusy = true;
        life?.Expect(ExitCode);
        life?.Send(Number);
        if (life is not null && !await ChaosCluster.AwaitAsync(() => member.Process != life, Grace))
        {
            round.Complain($"{member.Name} was there {Grace.TotalSeconds} s after {Signal}");
            life.Kill();
        }

        member.IsBusy = false;
        return true;
    }

    /// <summary>A process that has said something listens to signals.</summary>
    private static bool HasBegun(Member member) => member.Process?.Said.Length > 0;
}
