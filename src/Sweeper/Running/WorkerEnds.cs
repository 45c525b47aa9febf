using System.Numerics;
using Sweeper.Core.Errors;

namespace Sweeper.Running;

/// <summary>
/// What is said of a worker process that ends before its time: what that means and where its log is. The same end is said again when it has
/// come twice as often, so that a worker that dies for ever fills no screen.
/// </summary>
/// <param name="name">The worker.</param>
/// <param name="logs">Folder of its logs.</param>
internal sealed class WorkerEnds(string name, string logs)
{
    private const int Signalled = 128;
    private const int Killed = Signalled + 9;

    private (int Exit, string Complaint) last;
    private int times;

    /// <summary>Whether a process that ended so would end so every time.</summary>
    public static bool IsFinal(int exit) => exit is (int)ExitCode.Usage or (int)ExitCode.Preflight;

    /// <summary>A line for people; null where it was said already.</summary>
    /// <param name="exit">Exit code; of a signal 128 and its number.</param>
    /// <param name="complaint">What the process said of it, or nothing.</param>
    public string? Line(int exit, string complaint)
    {
        times = last == (exit, complaint) ? times + 1 : 1;
        last = (exit, complaint);
        if (!BitOperations.IsPow2(times))
        {
            return null;
        }

        var often = times == 1 ? "" : FormattableString.Invariant($", {times} times in a row");
        var said = complaint.Length > 0 ? $": {complaint}" : "";
        var next = IsFinal(exit) ? "it is not started again" : "it is started again";
        return FormattableString.Invariant($"worker {name} ended with {exit}{Meaning(exit)}{often}{said}; {next}. ")
            + $"Its log: {Path.Join(logs, Logs.WorkerName(name))}-*.jsonl";
    }

    private static string Meaning(int exit) => exit switch
    {
        Killed => " (killed, perhaps because memory ran out)",
        > Signalled => FormattableString.Invariant($" (by signal {exit - Signalled})"),
        _ => "",
    };
}
