using System.Text;
using Akka.Actor;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Hosting;

/// <summary>Asks the coordinator to run sweeps. Goes on asking while there is no coordinator.</summary>
public sealed class SweepClient
{
    /// <summary>What fits in one frame with room to spare.</summary>
    private const int LongestText = 100_000;

    private readonly IActorRef coordinator;

    internal SweepClient(IActorRef coordinator) => this.coordinator = coordinator;

    /// <summary>
    /// Submits a sweep and waits until it is accepted. Throws <see cref="SweepException"/> when it is refused (folder held
    /// by another writer, not writable, damaged, of another experiment; coordinator busy).
    /// </summary>
    /// <param name="plan">What to run.</param>
    /// <param name="folder">Its results folder, as the coordinator sees it.</param>
    /// <param name="scope">What of the plan this run is about; null: all of it.</param>
    /// <param name="cancellation">Ends the wait, not the sweep.</param>
    public async Task<SubmittedSweep> SubmitAsync(SweepPlan plan, string folder, RunScope? scope = null, CancellationToken cancellation = default)
    {
        if (Encoding.UTF8.GetByteCount(plan.ResolvedText) > LongestText)
        {
            throw new SweepException(
                ExitCode.Usage, $"sweep '{plan.Name}' is longer than {LongestText / 1000} kB",
                "Write long lists as linspace, geomspace or range, or split the sweep.");
        }

        var sweep = new SubmittedSweep(coordinator, new Submission(Guid.NewGuid().ToString("N"), plan.ResolvedText, folder, scope ?? RunScope.All));
        await sweep.SubmitAsync(cancellation);
        return sweep;
    }
}
