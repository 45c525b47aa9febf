using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Faults;

/// <summary>Every process of a cluster loses some of what it sends to others and says some of it twice, for a whole round.</summary>
internal sealed record LossyMessages : IFault
{
    /// <summary>What the processes are started with.</summary>
    public static string Variable(int seed) => $"loss=0.02,duplicate=0.02,seed={seed}";

    /// <inheritdoc/>
    public string Name => "a round with 2 % of messages lost and 2 % doubled";

    /// <inheritdoc/>
    public bool Fits(Round round) => round.Cluster.Options.Messages is not null && !round.HasMet(this);

    /// <inheritdoc/>
    public Task<bool> StrikeAsync(Round round, CancellationToken over)
    {
        round.Fell(this);
        return Task.FromResult(true);
    }
}
