using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Running;
using Sweeper.Running.Addresses;
using Sweeper.Terminal;

namespace Sweeper.Reproducing;

/// <summary>Runs sweeps one after the other, and asks each what it claims.</summary>
/// <param name="results">Folder of results folders.</param>
/// <param name="rules">What a run may do.</param>
/// <param name="cluster">The coordinator that runs them; null: this process.</param>
/// <param name="output">For people.</param>
internal sealed class Reproduction(string results, RunRules rules, (ClusterFile File, ListenRequest Listen)? cluster, TextWriter output)
{
    private readonly List<ReproducedSweep> sweeps = [];

    /// <summary>Those that have results.</summary>
    public IReadOnlyList<ReproducedSweep> Sweeps => sweeps;

    /// <summary>
    /// Runs all; what cannot be run is told, and the next one is. Ends with the code of the first that was stopped or could not be run,
    /// else with 7 where a claim fails for no stated cause, else with 0.
    /// </summary>
    public async Task<ExitCode> RunAsync(IEnumerable<ReproducibleSweep> asked)
    {
        var end = ExitCode.Done;
        foreach (var sweep in asked)
        {
            var folder = Path.Combine(results, sweep.Plan.Name);
            ExitCode ended;
            try
            {
                ended = await RunAsync(sweep.Plan, folder);
                if (ended is ExitCode.Done or ExitCode.FailedTrials)
                {
                    ended = Ask(sweep, folder) && ended == ExitCode.Done ? ExitCode.ClaimFailed : ended;
                }
            }
            catch (SweepException fault) when (fault.ExitCode == ExitCode.Preflight)
            {
                ended = ErrorReport.Write(output, fault);
            }

            output.WriteLine();
            end = end is ExitCode.Done or ExitCode.ClaimFailed && ended != ExitCode.Done ? ended : end;
            if (ended is ExitCode.Stopped or ExitCode.Preempted or ExitCode.Killed)
            {
                break;
            }
        }

        return end;
    }

    private Task<ExitCode> RunAsync(SweepPlan plan, string folder) => cluster is { } elsewhere
        ? SubmittedRun.ExecuteAsync(
            plan, Path.GetFullPath(folder), RunScope.All, rules, elsewhere.File, elsewhere.Listen, isDetached: false, drains: false, output)
        : SweepRun.ExecuteAsync(plan, folder, output, RunScope.All, rules);

    /// <summary>Whether a claim fails for no stated cause.</summary>
    private bool Ask(ReproducibleSweep sweep, string folder)
    {
        var reproduced = ReproducedSweep.Of(sweep, folder);
        sweeps.Add(reproduced);
        ClaimReport.Write(output, sweep.Plan.Name, reproduced.Claims);
        output.WriteLine($"SHA-256 of sweep file and curves: {reproduced.Hash}");
        return !reproduced.Claims.IsGreen;
    }
}
