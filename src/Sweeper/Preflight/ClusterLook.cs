using System.Globalization;
using Sweeper.Core.Errors;

namespace Sweeper.Preflight;

/// <summary>Which processes look at a cluster together.</summary>
/// <param name="Nodes">How many.</param>
/// <param name="Name">What tells this look from others at the same folder.</param>
internal sealed record ClusterLook(int Nodes, string Name)
{
    /// <summary>
    /// As asked for; else as SLURM started this process; else this process alone. Throws <see cref="SweepException"/> (usage).
    /// </summary>
    /// <param name="nodes">`--nodes`, or null.</param>
    /// <param name="meeting">`--meeting`, or null.</param>
    /// <param name="variable">The environment.</param>
    public static ClusterLook Of(int? nodes, string? meeting, Func<string, string?> variable)
    {
        var (job, step) = (variable("SLURM_JOB_ID"), variable("SLURM_STEP_ID"));
        var isStep = step is not null && int.TryParse(variable("SLURM_NTASKS"), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var count = nodes ?? (isStep ? int.Parse(variable("SLURM_NTASKS")!, CultureInfo.InvariantCulture) : 1);
        if (count < 1)
        {
            throw new SweepException(ExitCode.Usage, $"--nodes {count} looks at nothing", "Say how many nodes take part, or leave it out.");
        }

        if (meeting is not null && meeting.AsSpan().ContainsAnyExcept(Letters))
        {
            throw new SweepException(ExitCode.Usage, $"--meeting '{meeting}' cannot be part of a file's name",
                "Write letters, digits, dots and dashes.");
        }

        // A job that is requeued counts its steps anew.
        return new ClusterLook(count, meeting
            ?? (isStep ? $"{job}.{step}.{variable("SLURM_RESTART_COUNT") ?? "0"}"
            : count == 1 ? $"{Environment.MachineName}-{Environment.ProcessId}"
            : throw new SweepException(ExitCode.Usage, "the nodes need to know where they meet",
                "Give the same --meeting NAME on all nodes, another one each time.")));
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");
}
