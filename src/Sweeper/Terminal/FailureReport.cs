using Sweeper.Core.Journal;

namespace Sweeper.Terminal;

/// <summary>Failures by cause, as people read them.</summary>
internal static class FailureReport
{
    /// <summary>Of a cause whose latest message stands below in full.</summary>
    private const int LongestTitle = 120;

    /// <summary>One paragraph a cause, then attempts that ended early.</summary>
    public static void Write(
        TextWriter output, string folder, IReadOnlyList<FailureGroup> groups, IReadOnlyList<EndedAttempts> attempts, int diverged,
        Func<FailureGroup, string> remedy, Func<string, IEnumerable<string>> logsOf)
    {
        if (groups.Count == 0)
        {
            output.WriteLine($"no failed trials in {folder}");
        }

        foreach (var group in groups)
        {
            var count = $"{Quantity.Count(group.Trials.Length, "trial")} in {Quantity.Count(group.Packs.Length, "pack")}";
            if (group.Fingerprint == group.Reason)
            {
                output.WriteLine($"{count}: {group.Reason}");
            }
            else
            {
                var cause = group.Fingerprint.Length <= LongestTitle ? group.Fingerprint : $"{group.Fingerprint[..LongestTitle]} ..";
                output.WriteLine($"{count}: {cause}");
                output.WriteLine($"  latest   {group.Reason}");
            }

            // A worker with a process of its own says itself where it is; the host in the journal is the coordinator's.
            var logs = logsOf(group.Worker).ToList();
            var worker = logs.Count == 0 ? $"{group.Worker} on {group.Host}" : group.Worker;
            output.WriteLine($"  example  trial {group.Trials[^1].Hex[..8]}, pack {group.Packs[^1]}, worker {worker}");
            foreach (var log in logs)
            {
                output.WriteLine($"  log      {log}");
            }

            output.WriteLine($"  to do    {remedy(group)}");
        }

        if (diverged > 0)
        {
            output.WriteLine($"{Quantity.Count(diverged, "trial")} diverged, which is a result and no failure: "
                + $"`sweeper query {folder} \"SELECT * FROM trials WHERE state = 'diverged'\"` lists them");
        }

        if (attempts.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("attempts that ended without a commit, those that a later one made up for included:");
            TextTable.Write(output, ["kind", "times", "packs", "latest reason"],
                attempts.Select(alike => new[] { JsonLine.Word(alike.Kind), $"{alike.Count}", $"{alike.Packs.Length}", alike.Reason }));
        }
    }
}
