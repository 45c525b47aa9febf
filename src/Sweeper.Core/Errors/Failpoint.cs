using System.Diagnostics;

namespace Sweeper.Core.Errors;

/// <summary>
/// Named places in the code where a test makes a process die, throw or hang on purpose. Off, and nearly free, unless the
/// environment variable SWEEPER_FAILPOINT says `name[:n]=kill|throw|stall`: at the n-th hit (the first by default; `*` for every one).
/// Before it acts, the name is appended to the file SWEEPER_FAILPOINT_LOG, so that a test can tell that the state was reached.
/// </summary>
public static class Failpoint
{
    private static readonly FailpointRule? Rule = FailpointRule.Parse(Environment.GetEnvironmentVariable("SWEEPER_FAILPOINT"));
    private static int hits;

    /// <summary>Whether this place is the one that is on.</summary>
    public static bool IsOn(string name) => Rule?.Name == name;

    /// <summary>Says that the process is at this place.</summary>
    public static void Hit(string name)
    {
        if (Rule is not null && Rule.Name == name && (Rule.Hit == FailpointRule.Every || Interlocked.Increment(ref hits) == Rule.Hit))
        {
            Fire(Rule);
        }
    }

    private static void Fire(FailpointRule rule)
    {
        if (Environment.GetEnvironmentVariable("SWEEPER_FAILPOINT_LOG") is { Length: > 0 } log)
        {
            File.AppendAllText(log, rule.Name + "\n");
        }

        switch (rule.Action)
        {
            case FailpointAction.Kill:
                // SIGKILL on Unix: no handler, no finally, no flush runs.
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
                break;
            case FailpointAction.Stall:
                Thread.Sleep(Timeout.Infinite);
                break;
            default:
                throw new InvalidOperationException($"failpoint '{rule.Name}'");
        }
    }
}

/// <summary>What a failpoint does when it fires.</summary>
internal enum FailpointAction
{
    /// <summary>The process kills itself with SIGKILL.</summary>
    Kill,
    /// <summary>Throws <see cref="InvalidOperationException"/>.</summary>
    Throw,
    /// <summary>The thread never goes on.</summary>
    Stall,
}

/// <summary>The one failpoint that is on.</summary>
internal sealed record FailpointRule(string Name, int Hit, FailpointAction Action)
{
    /// <summary>Stands for every hit.</summary>
    public const int Every = 0;

    /// <summary>
    /// Reads `name[:n]=action`; null for nothing. Throws <see cref="FormatException"/> for anything else: a test that asks for no known
    /// failure must not pass.
    /// </summary>
    public static FailpointRule? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var sides = text.Split('=');
        var place = sides[0].Split(':');
        var hit = 1;
        return sides.Length == 2 && place.Length <= 2 && place[0].Length > 0
            && (place.Length == 1 || IsHit(place[1], out hit))
            && Enum.TryParse<FailpointAction>(sides[1], ignoreCase: true, out var action)
            ? new FailpointRule(place[0], hit, action)
            : throw new FormatException($"SWEEPER_FAILPOINT is '{text}', not name[:n]=kill|throw|stall");
    }

    private static bool IsHit(string text, out int hit)
    {
        hit = Every;
        return text == "*" || (int.TryParse(text, out hit) && hit > Every);
    }
}
