using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Faults;

/// <summary>
/// The disk with the results is full until somebody says so; then there is space again, and the sweep is submitted again.
/// </summary>
internal sealed record FullDisk(ClusterShape Shape) : IFault
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string Name => $"disk full, {(Shape == ClusterShape.Cluster ? "cluster" : "`run`")}";

    /// <inheritdoc/>
    public string? Lack => OwnMounts.Lack;

    /// <inheritdoc/>
    public bool Fits(Round round) => round is { Disk: not null, IsDiskFull: false } && round.Cluster.Options.Shape == Shape;

    /// <inheritdoc/>
    public async Task<bool> StrikeAsync(Round round, CancellationToken over)
    {
        var felt = round.DiskComplaints;
        round.IsDiskFull = round.Cluster.HasDiskTrouble = true;
        var state = round.State;
        round.Disk!.Fill();
        await ChaosCluster.AwaitAsync(() => round.DiskComplaints > felt || over.IsCancellationRequested, Patience);
        round.Disk.Heal();
        round.IsDiskFull = false;
        if (round.DiskComplaints == felt)
        {
            return false;
        }

        round.Fell(this, state);
        return true;
    }
}
