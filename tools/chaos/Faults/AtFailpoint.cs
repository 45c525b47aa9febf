using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Faults;

/// <summary>A process is started again and kills itself, or throws, at a named place: a state that a random kill rarely meets.</summary>
/// <param name="Role">Which process.</param>
/// <param name="Place">Name of the failpoint.</param>
/// <param name="Hits">It acts at one of so many first times.</param>
/// <param name="Action">`kill` or `throw`.</param>
internal sealed record AtFailpoint(Role Role, string Place, int Hits, string Action = "kill") : IFault
{
    /// <inheritdoc/>
    public string Name => $"{Action} at `{Place}`, {Role.Word()}";

    /// <summary>Whether it comes at the end of a sweep only: set at its beginning it would keep others away.</summary>
    public bool IsLast { get; init; }

    /// <inheritdoc/>
    public bool Fits(Round round) => (!IsLast || round.IsLate) && round.Free(Role).Exists(member => member.Armed is null);

    /// <inheritdoc/>
    public async Task<bool> StrikeAsync(Round round, CancellationToken over)
    {
        var member = round.Pick(round.Free(Role).FindAll(one => one.Armed is null), 1)[0];
        var failpoint = new Failpoint($"{Place}:{round.Random.Next(1, Hits + 1)}={Action}", round.NewFile(Place));
        member.Armed = failpoint;
        member.Process?.Kill();
        if (!await ChaosCluster.AwaitAsync(() => failpoint.WasHit || over.IsCancellationRequested, TimeSpan.MaxValue) || !failpoint.WasHit)
        {
            member.Armed = null;
            return false;
        }

        round.Fell(this);
        return true;
    }
}
