using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Hosting;

/// <summary>Asks the coordinator to run sweeps. Goes on asking while there is no coordinator.</summary>
public sealed class SweepClient
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly IActorRef coordinator;

    internal SweepClient(IActorRef coordinator) => this.coordinator = coordinator;

    /// <summary>
    /// Submits a sweep and waits until it is accepted. Throws <see cref="SweepException"/> when it is refused (folder held
    /// by another writer, not writable, damaged, of another experiment; coordinator busy).
    /// </summary>
    /// <param name="plan">What to run.</param>
    /// <param name="folder">Its results folder, as the coordinator sees it.</param>
    /// <param name="scope">What of the plan this run is about; null: all of it.</param>
    /// <param name="rules">What it may do; null: the usual.</param>
    /// <param name="cancellation">Ends the wait, not the sweep.</param>
    public async Task<SubmittedSweep> SubmitAsync(
        SweepPlan plan, string folder, RunScope? scope = null, RunRules? rules = null, CancellationToken cancellation = default)
    {
        var submission = new Submission(Guid.NewGuid().ToString("N"), plan.ResolvedText, folder, scope ?? RunScope.All, rules);
        var sweep = new SubmittedSweep(coordinator, submission);
        await sweep.SubmitAsync(cancellation);
        return sweep;
    }

    /// <summary>Stops whatever runs in a results folder; says again and again, until it has ended, whether there is something.</summary>
    /// <param name="folder">As the coordinator sees it.</param>
    /// <param name="cancellation">Ends the wait, not the stop.</param>
    public async IAsyncEnumerable<bool> CancelAsync(string folder, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cancel = new CancelSweep(Guid.NewGuid().ToString("N"), folder);
        while (await coordinator.AskUntilAnsweredAsync(cancel, cancellation) is SweepCancelled answer)
        {
            yield return answer.WasRunning;
            if (!answer.IsRunning)
            {
                yield break;
            }

            await Task.Delay(LookEvery, cancellation);
        }
    }

    /// <summary>Names of the workers that the coordinator has heard of lately.</summary>
    public async Task<ImmutableArray<string>> WorkersAsync(CancellationToken cancellation) =>
        // No worker has this name, so that none is dismissed.
        await coordinator.AskUntilAnsweredAsync(new DrainWorkers([""]), cancellation) is WorkersThere there ? there.Names : [];

    /// <summary>
    /// Dismisses workers, and says which are there, those others included, again and again until the dismissed have left.
    /// With a name that is unknown none is dismissed.
    /// </summary>
    /// <param name="names">Which; all when there are none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async IAsyncEnumerable<ImmutableArray<string>> DrainWorkersAsync(
        ImmutableArray<string> names, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var asked = names;
        while (await coordinator.AskUntilAnsweredAsync(new DrainWorkers(asked), cancellation) is WorkersThere there)
        {
            yield return there.Names;
            // Who comes while the others leave is not meant.
            asked = [.. there.Names.Where(name => asked.IsEmpty || asked.Contains(name))];
            if (asked.IsEmpty)
            {
                yield break;
            }

            await Task.Delay(LookEvery, cancellation);
        }
    }
}
