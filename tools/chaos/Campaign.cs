namespace Sweeper.Chaos;

/// <summary>
/// Kills one sweep at every failpoint and at random moments, lets it finish, and compares it with one that was never
/// touched. A folder that finishes before enough kills fell is compared and started again.
/// </summary>
internal sealed class Campaign(string sweep, int kills, int seed)
{
    private static readonly string[] Failpoints = ["first_chunk", "staging", "before_rename", "after_rename", "journal", "merge"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Random random = new(seed);
    private readonly SortedDictionary<string, int> hits = new(StringComparer.Ordinal);
    private readonly string root = Directory.CreateTempSubdirectory("sweeper-chaos-").FullName;
    private readonly string name = File.ReadLines(sweep).First(line => line.StartsWith("sweep:", StringComparison.Ordinal))["sweep:".Length..].Trim();
    private int done;
    private int folders;
    private TimeSpan quiet;
    private string expected = "";

    /// <summary>Runs it all; 0 when nothing was lost and every state was hit.</summary>
    public int Run()
    {
        try
        {
            return Execute() ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private bool Execute()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        if (!Finish(NewFolder(out var reference)))
        {
            return false;
        }

        quiet = clock.Elapsed;
        expected = Comparison.CurvesHash(reference);
        Console.WriteLine($"never killed: {quiet.TotalSeconds:F1} s, curves.parquet {expected[..16]}");

        var sound = Check(reference);
        while (done < kills)
        {
            var results = NewFolder(out var folder);
            foreach (var failpoint in Failpoints)
            {
                KillAt(failpoint, results);
            }

            // Random kills fall while there is still work: on a folder of their own until it is finished.
            results = NewFolder(out var second);
            while (done < kills && !File.Exists(Path.Combine(second, "curves.parquet")))
            {
                KillAtRandom(results, second);
            }

            sound &= Finish(Path.GetDirectoryName(folder)!) && Check(folder) && Finish(results) && Check(second);
        }

        foreach (var (state, count) in hits)
        {
            Console.WriteLine($"  {count,3} x {state}");
        }

        var missed = Failpoints.Where(failpoint => !hits.ContainsKey(failpoint)).ToList();
        if (missed.Count > 0)
        {
            Console.WriteLine($"never hit: {string.Join(", ", missed)}");
        }

        sound &= missed.Count == 0;
        Console.WriteLine($"{done} kills in {folders} folders, {(sound ? "no result lost or changed" : "FAILED")}");
        return sound;
    }

    private string NewFolder(out string folder)
    {
        var results = Path.Combine(root, $"{folders++}");
        folder = Path.Combine(results, name);
        return results;
    }

    private void KillAt(string failpoint, string results)
    {
        var log = Path.Combine(root, "failpoints.log");
        File.Delete(log);
        // Not always the first time: later hits meet a folder that already holds something.
        var hit = failpoint is "merge" ? 1 : failpoint is "journal" ? random.Next(1, 8) : random.Next(1, 3);
        using var run = new SweepRun(sweep, results, $"{failpoint}:{hit}=kill", log);
        if (!run.WaitForExit(Patience))
        {
            Console.WriteLine($"  {failpoint}: the run hangs");
            return;
        }

        if (run.ExitCode == 137 && File.Exists(log) && File.ReadAllText(log).Contains(failpoint, StringComparison.Ordinal))
        {
            Count(failpoint);
        }
        else
        {
            Console.WriteLine($"  {failpoint}:{hit} was not reached (exit {run.ExitCode}: {run.LastLine})");
        }
    }

    private void KillAtRandom(string results, string folder)
    {
        using var run = new SweepRun(sweep, results);
        if (run.WaitForExit(quiet * random.NextDouble()))
        {
            return;
        }

        run.SendKill();
        Count("random: " + SweepState.Describe(folder));
    }

    private void Count(string state)
    {
        done++;
        hits[state] = hits.GetValueOrDefault(state) + 1;
        Console.WriteLine($"kill {done}: {state}");
    }

    private bool Finish(string results)
    {
        using var run = new SweepRun(sweep, results);
        if (run.WaitForExit(Patience) && run.ExitCode == 0)
        {
            return true;
        }

        Console.WriteLine($"the run does not finish: {run.LastLine}");
        return false;
    }

    private bool Check(string folder)
    {
        var hash = Comparison.CurvesHash(folder);
        var (wrong, cells) = Comparison.CheckMeans(folder);
        var astray = Comparison.TrialsWithoutExactlyOneSegment(folder);
        var staged = Directory.EnumerateFiles(Path.Combine(folder, "staging")).Count();
        var same = hash == expected;
        Console.WriteLine($"{name}: curves {(same ? "identical" : "DIFFERENT")}, {wrong} of {cells} means wrong, "
            + $"{astray} trials not in exactly one segment, {staged} files left in staging");
        return same && wrong == 0 && cells > 0 && astray == 0 && staged == 0;
    }
}
