using System.Text.RegularExpressions;
using Sweeper.Cluster.Tests.CommandLine;
using Sweeper.Core.Journal;
using Sweeper.Results.Journaling;

namespace Sweeper.Campaigns;

/// <summary>Accidents that other tools do not survive, each with processes of the operating system.</summary>
public sealed partial class AccidentCampaign
{
    private const int Kill = 9;
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    [Fact]
    public void Killed_at_every_failpoint_one_after_the_other_a_run_ends_with_the_same_bytes()
    {
        using TemporaryFolder folder = ManySweep.NewFolder(), quiet = ManySweep.NewFolder();
        // Packs pause where they have trained for longer than building them took: these are long enough on any machine.
        var longer = ManySweep.Text.Replace("steps: 3000", "steps: 100000", StringComparison.Ordinal)
            .Replace("log: 5", "every: 5000", StringComparison.Ordinal);
        Array.ForEach([folder, quiet], one => File.WriteAllText(one.In(ManySweep.File), longer));
        Assert.Equal(0, SweeperProcess.Run(quiet.Path, ["run", ManySweep.File]).ExitCode);
        var log = folder.In("failpoints.log");
        // The merge comes when all is committed.
        var failpoints = Failpoints().OrderBy(name => name == "merge").ToList();
        foreach (var failpoint in failpoints)
        {
            using var run = new BackgroundProcess(
                folder.Path,
                [("SWEEPER_FAILPOINT", $"{failpoint}=kill"), ("SWEEPER_FAILPOINT_LOG", log), ("SWEEPER_CHECKPOINT_SECONDS", "0")], "run",
                ManySweep.File);
            Assert.Equal(128 + Kill, run.AwaitExit());
        }

        Assert.Equal(failpoints, File.ReadAllLines(log));
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["run", ManySweep.File]).ExitCode);
        Assert.Equal(ManySweep.CurvesHash(quiet), ManySweep.CurvesHash(folder));
        Assert.Empty(Directory.EnumerateFiles(folder.In("results/many/staging")));
    }

    [Fact]
    public void Three_of_five_worker_processes_are_killed_at_once_and_the_coordinator_lives_and_the_sweep_ends()
    {
        using var folder = ManySweep.NewFolder();
        using var coordinator = new BackgroundProcess(folder.Path, "coordinator");
        coordinator.AwaitOutput("coordinator at");
        var workers = Enumerable.Range(0, 5).Select(number => new BackgroundProcess(folder.Path, "worker", "--name", $"{number}")).ToList();
        workers.ForEach(worker => worker.AwaitOutput("works for"));
        using var client = new BackgroundProcess(folder.Path, "submit", ManySweep.File);
        ManySweep.AwaitFirstCommit(folder);
        workers.Take(3).ToList().ForEach(worker => worker.Signal(Kill));

        Assert.Equal(0, client.AwaitExit());
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
        Assert.False(coordinator.HasExited);
        Assert.All(workers.Skip(3), worker => Assert.False(worker.HasExited));
        workers.ForEach(worker => worker.Dispose());
    }

    [Fact]
    public void Two_users_with_a_coordinator_each_sweep_on_one_machine_at_once()
    {
        using var one = ManySweep.NewFolder();
        using var two = ManySweep.NewFolder();
        var processes = new List<BackgroundProcess>();
        BackgroundProcess Start(TemporaryFolder user, params string[] arguments)
        {
            processes.Add(new BackgroundProcess(user.Path, arguments));
            return processes[^1];
        }

        try
        {
            TemporaryFolder[] users = [one, two];
            var coordinators = users.Select(user => Start(user, "coordinator")).ToList();
            // The same name of worker, too.
            var workers = users.Select(user => Start(user, "worker", "--name", "mine")).ToList();
            coordinators.ForEach(coordinator => coordinator.AwaitOutput("coordinator at"));
            var clients = users.Select(user => Start(user, "submit", ManySweep.File)).ToList();

            Assert.All(clients, client => Assert.Equal(0, client.AwaitExit()));
            Assert.All(users, user => Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(user)));
            Assert.NotEqual(File.ReadAllText(one.In("results/cluster.json")), File.ReadAllText(two.In("results/cluster.json")));
            Assert.All(workers, worker => Assert.Single(Regex.Matches(worker.Output, "works for")));
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    [Fact]
    public void The_coordinators_clock_leaps_a_day_ahead_and_two_back_and_no_lease_is_lost()
    {
        Assert.SkipUnless(File.Exists(FakeTime), $"there is no {FakeTime} (package faketime) to set a process's clock with");
        using var folder = ManySweep.NewFolder();
        var clock = folder.In("clock");
        File.WriteAllText(clock, "+0");
        // Only the time of day is faked, and the times of files are those of the disk.
        using var coordinator = new BackgroundProcess(
            folder.Path,
            [
                ("LD_PRELOAD", FakeTime), ("FAKETIME_TIMESTAMP_FILE", clock), ("FAKETIME_NO_CACHE", "1"),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("FAKETIME_FORCE_MONOTONIC_FIX", "0"), ("NO_FAKE_STAT", "1"),
            ],
            "coordinator");
        coordinator.AwaitOutput("coordinator at");
        using var worker = new BackgroundProcess(folder.Path, "worker");
        using var client = new BackgroundProcess(folder.Path, "submit", ManySweep.File);
        ManySweep.AwaitFirstCommit(folder);
        File.WriteAllText(clock, "+1d");
        Await(folder, 4);
        File.WriteAllText(clock, "-1d");

        Assert.Equal(0, client.AwaitExit());
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
        var journal = JournalReader.Read(folder.In("results/many"));
        Assert.Empty(journal.OfType<JournalEntry.AttemptEnded>());
        var days = journal.OfType<JournalEntry.Committed>().Select(committed => (committed.At - DateTimeOffset.UtcNow).TotalDays).ToList();
        Assert.Contains(days, day => day > 0.9);
        Assert.Contains(days, day => day < -0.9);
    }

    private static void Await(TemporaryFolder folder, int commits) => BackgroundProcess.Await(
        () => JournalReader.Read(folder.In("results/many")).OfType<JournalEntry.Committed>().Count() >= commits, "no more was committed");

    /// <summary>Every one of the program.</summary>
    private static IEnumerable<string> Failpoints() => Repository.Files("src", "*.cs")
        .SelectMany(path => FailpointHit().Matches(File.ReadAllText(Path.Combine(Repository.Root, path))))
        .Select(match => match.Groups[1].Value).Distinct().Order();

    [GeneratedRegex("""Failpoint\.Hit\("(\w+)"\)""")]
    private static partial Regex FailpointHit();
}
