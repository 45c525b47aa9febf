using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>What `sweeper slurm` submits, on a SLURM with two virtual nodes.</summary>
public sealed partial class SlurmCampaign
{
    private const string Text = """
        experiment: teacher-student
        fixed: { width: 6, inputs: 6, outputs: 6, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8, learning_rate: 1e-2,
          student: linear, teacher: linear, steps: 12000 }
        sweep: many
        grid: { noise: { linspace: [0, 1, 12] } }
        seeds: 2
        lanes: 2
        measure: [ { at: { log: 5 }, metrics: [loss] } ]
        """;

    private static readonly string Longer = Text.Replace("seeds: 2", "seeds: 4", StringComparison.Ordinal);

    // By torch, so that networks of six units take the time in which jobs come and go.
    private const string SubmitTwoNodes = "slurm many.yaml --nodes 2 --cpus-per-node 1 --time 01:00:00 --engine torch --submit";
    private const string SubmitOneNode = "slurm many.yaml --nodes 1 --cpus-per-node 1 --time 01:00:00 --engine torch --submit";
    private const string SubmitWorkers = "slurm many.yaml --nodes 1 --cpus-per-node 1 --time 01:00:00 --workers-only --submit";

    [Fact]
    public void A_job_that_is_requeued_and_loses_a_node_ends_with_the_bytes_of_a_local_run()
    {
        Assert.SkipUnless(SlurmLab.Missing is null, SlurmLab.Missing ?? "");
        using var folder = new TemporaryFolder();
        var quiet = QuietHash(folder.In("quiet"));
        var work = NewFolder(folder.In("the lab's \"work\" #1"));
        using var slurm = new SlurmLab();

        var job = Submit(work, SubmitTwoNodes);
        AwaitCommits(work, 1);
        Assert.Equal("", slurm.Ask($"scontrol requeue {job}"));
        BackgroundProcess.Await(() => Log(work, job).Contains($"job {job}, run 2,", StringComparison.Ordinal), "it does not begin again");
        var before = Commits(work);
        AwaitCommits(work, before + 2);
        // The second node dies when it has results to lose.
        BackgroundProcess.Await(() => TrialOf(work, $"fz1/{job}.0").Length > 0, "the second node commits nothing");
        slurm.KillSecondNode(job);

        Assert.True(slurm.AwaitEnd(job) == "JobState=COMPLETED ExitCode=0:0", Log(work, job));
        Assert.Equal(quiet, CurvesHash(work));
        Assert.Matches(@"\nfz1 +\d+\.\d+\.\d+\.\d+:\d+ .* 2 of 2 ", Log(work, job));
        Assert.Contains($"\"worker\":\"fz0/{job}.0\"", Journal(work), StringComparison.Ordinal);
        Assert.Contains($"\"worker\":\"fz1/{job}.0\"", Journal(work), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(work, "results/many/cluster.json")));

        // Who trained a trial, and what its log says.
        var trial = TrialOf(work, $"fz1/{job}.0");
        Assert.Matches(
            $@"\nlog +results/many/logs/worker-fz1-{job}\.0-\d+-\d+\.jsonl\n", SweeperProcess.Run(work, ["show", "many", trial]).Output);
        Assert.Matches(
            $@"Z coordinator: lease \d+: pack .* to fz1/{job}\.0", SweeperProcess.Run(work, ["logs", "many", "--trial", trial]).Output);

        // There is nothing left to do.
        var again = Submit(work, SubmitOneNode);
        Assert.True(slurm.AwaitEnd(again) == "JobState=COMPLETED ExitCode=0:0", Log(work, again));
        var late = Submit(work, SubmitWorkers);
        Assert.True(slurm.AwaitEnd(late) == "JobState=COMPLETED ExitCode=0:0", Log(work, late));
        Assert.Contains("nobody coordinates this sweep",
            File.ReadAllText(Assert.Single(Directory.GetFiles(work, $"many-workers-{late}_*.log"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_job_of_a_sweep_that_runs_ends_by_itself_and_the_first_goes_on_without_its_client()
    {
        Assert.SkipUnless(SlurmLab.Missing is null, SlurmLab.Missing ?? "");
        using var folder = new TemporaryFolder();
        var quiet = QuietHash(folder.In("quiet"), Longer);
        var work = NewFolder(folder.In("work"), Longer);
        using var slurm = new SlurmLab();

        var job = Submit(work, SubmitOneNode);
        AwaitCommits(work, 1);
        var second = Submit(work, SubmitOneNode);
        Assert.True(slurm.AwaitEnd(second) == "JobState=FAILED ExitCode=5:0", Log(work, second));
        Assert.Matches(
            $@"\njob {job} runs this sweep; more workers for it: .* slurm .*many\.yaml .* --workers-only --submit *\n\z",
            Log(work, second));
        Assert.True(File.Exists(Path.Combine(work, "results/many/cluster.json")));
        Assert.DoesNotContain($"/{second}.0\"", Journal(work), StringComparison.Ordinal);

        SlurmLab.Kill("submit", Path.Combine(work, "many.yaml"));
        Assert.True(slurm.AwaitEnd(job) == "JobState=COMPLETED ExitCode=0:0", Log(work, job));
        Assert.Contains("ended with 137, and is started again", Log(work, job), StringComparison.Ordinal);
        Assert.Equal(quiet, CurvesHash(work));

        // The end of what it says is that it is done, and nothing that looks like a failure.
        Assert.EndsWith("\ndone: exit code 0\n", Log(work, job), StringComparison.Ordinal);
        Assert.DoesNotContain("error", Log(work, job), StringComparison.Ordinal);
        Assert.DoesNotContain("what is open", Log(work, job), StringComparison.Ordinal);
        Assert.Equal(2, Log(work, job).Split($"fz0/{job}.0 left\n").Length);
        Assert.False(File.Exists(Path.Combine(work, "results/many/cluster.json")));
    }

    [Fact]
    public void Workers_of_an_array_join_and_leave_and_jobs_whose_time_is_over_go_on_later()
    {
        Assert.SkipUnless(SlurmLab.Missing is null, SlurmLab.Missing ?? "");
        using var folder = new TemporaryFolder();
        var quiet = QuietHash(folder.In("quiet"), Longer);
        var work = NewFolder(folder.In("work"), Longer);
        using var slurm = new SlurmLab();

        var job = Submit(work, SubmitOneNode);
        AwaitCommits(work, 1);
        var workers = Submit(work, SubmitWorkers);
        BackgroundProcess.Await(() => Journal(work).Contains($"/{workers}.0\"", StringComparison.Ordinal), "the workers get no pack");

        // What SLURM sends two minutes before the end.
        _ = slurm.Ask($"scancel --batch --signal=USR1 {workers} && scancel --batch --signal=USR1 {job}");
        BackgroundProcess.Await(() => slurm.Ask($"scontrol show job {workers}").Contains("Restarts=1", StringComparison.Ordinal),
            "the workers are not requeued");
        BackgroundProcess.Await(() => Log(work, job).Contains($"job {job}, run 2,", StringComparison.Ordinal), "the job is not requeued");
        Assert.Contains("the time is over: this job is requeued", Log(work, job), StringComparison.Ordinal);

        Assert.True(slurm.AwaitEnd(job) == "JobState=COMPLETED ExitCode=0:0", Log(work, job));
        Assert.Equal("JobState=COMPLETED ExitCode=0:0", slurm.AwaitEnd(workers));
        Assert.Equal(quiet, CurvesHash(work));
    }

    [Fact]
    public void A_job_that_is_cancelled_does_not_come_back_and_what_it_committed_stays()
    {
        Assert.SkipUnless(SlurmLab.Missing is null, SlurmLab.Missing ?? "");
        using var folder = new TemporaryFolder();
        var work = NewFolder(folder.In("work"));
        using var slurm = new SlurmLab();

        var job = Submit(work, SubmitTwoNodes);
        AwaitCommits(work, 1);
        _ = slurm.Ask($"scancel {job}");

        Assert.StartsWith("JobState=CANCELLED", slurm.AwaitEnd(job), StringComparison.Ordinal);
        BackgroundProcess.Await(() => slurm.Ask("squeue -h").Trim().Length == 0, "it is still there");
        Assert.DoesNotContain("requeued", Log(work, job), StringComparison.Ordinal);
        Assert.Contains("incomplete", SweeperProcess.Run(work, ["status", "many", "--json"]).Output, StringComparison.Ordinal);
    }

    private static string NewFolder(string path, string text = Text)
    {
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "many.yaml"), text);
        return path;
    }

    private static string QuietHash(string path, string text = Text)
    {
        var quiet = NewFolder(path, text);
        var run = SweeperProcess.Run(quiet, ["run", "many.yaml", "--engine", "torch"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return CurvesHash(quiet);
    }

    private static string Submit(string folder, string command)
    {
        var submitted = SweeperProcess.Run(folder, command.Split(' '));
        Assert.True(submitted.ExitCode == 0, submitted.Error);
        return Job().Match(submitted.Output).Groups[1].Value;
    }

    private static string CurvesHash(string folder) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "results/many/curves.parquet"))));

    private static string Journal(string folder) =>
        Path.Combine(folder, "results/many/journal.jsonl") is var path && File.Exists(path) ? File.ReadAllText(path) : "";

    private static string Log(string folder, string job) =>
        Path.Combine(folder, $"many-{job}.log") is var path && File.Exists(path) ? File.ReadAllText(path) : "";

    private static int Commits(string folder) => Journal(folder).Split("\"committed\"").Length - 1;

    /// <summary>A trial that a worker has trained; empty when there is none.</summary>
    private static string TrialOf(string folder, string worker) =>
        SweeperProcess.Run(folder, ["query", "many", $"SELECT trial_id FROM trials WHERE worker = '{worker}' LIMIT 1", "--format", "csv"])
            .Output.Split('\n').ElementAtOrDefault(1) ?? "";

    private static void AwaitCommits(string folder, int count) =>
        BackgroundProcess.Await(() => Commits(folder) >= count, $"{count} packs were not committed");

    [GeneratedRegex(@"^job (\d+):")]
    private static partial Regex Job();
}
