using System.Collections.Immutable;
using Sweeper.Slurm;
using Sweeper.Templates;
using Xunit;

namespace Sweeper.Tests.Slurm;

/// <summary>The printed script, read by bash.</summary>
public sealed class SlurmScriptTests
{
    private const string Nasty = """/lab's "disk"/$HOME `x` \ #1/ä""";

    private static readonly SlurmRequest Gpus = new(4, 8, null, "04:00:00", ImmutableDictionary<string, string>.Empty, []);
    private static readonly SlurmRequest Cores = Gpus with { Nodes = 2, GpusPerNode = null, CpusPerNode = 64 };

    private static SlurmScript Script { get; } = new(
        "decay", [$"{Nasty}/decay.yaml", "--set", "noise=linspace(0, 1, 5)"], $"{Nasty}/results", $"{Nasty}/results/decay",
        [$"{Nasty}/dotnet", $"{Nasty}/sweeper.dll"], Nasty);

    public static TheoryData<string> All =>
        [.. new[] { Gpus, Cores }.SelectMany(request => new[] { Script.Everything(request, isMixed: false), Script.WorkersOnly(request) })];

    [Theory, MemberData(nameof(All))]
    public void Bash_reads_every_script_and_no_name_of_a_template_is_left(string script)
    {
        _ = Bash.Run(script, "-n");
        Assert.DoesNotContain("{{", script, StringComparison.Ordinal);
        Assert.StartsWith("#!/bin/bash\n", script, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public void Paths_with_spaces_and_quotes_arrive_as_they_are(string script)
    {
        string[] settings = ["sweeper=", "sweep=", "results=", "folder=", "cluster="];
        var assigned = script.Split('\n').Where(line => settings.Any(setting => line.StartsWith(setting, StringComparison.Ordinal)));
        var said = Bash.Run($"{string.Join('\n', assigned)}\nprintf '%s\\n' \"${{sweeper[@]}}\" \"$cluster\"").Split('\n');
        Assert.Equal([$"{Nasty}/dotnet", $"{Nasty}/sweeper.dll", $"{Nasty}/results/decay/cluster.json", ""], said);
        Assert.Contains(@"#SBATCH --chdir=""/lab's \""disk\""/$HOME `x` \\ #1/ä""" + "\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sweep_is_submitted_with_what_overrides_its_file()
    {
        var line = Script.Everything(Gpus, isMixed: false).Split('\n').Single(line => line.StartsWith("sweep=", StringComparison.Ordinal));
        Assert.Equal($"{Nasty}/decay.yaml\n--set\nnoise=linspace(0, 1, 5)\n", Bash.Run($"{line}\nprintf '%s\\n' \"${{sweep[@]}}\""));
    }

    [Fact]
    public void More_workers_are_asked_for_as_the_sweep_was()
    {
        var request = Cores with { Also = ImmutableDictionary<string, string>.Empty.Add("qos", "long"), Lines = ["--comment=a b"] };
        Assert.Empty(request.Faults);
        var line = Script.Everything(request, isMixed: false).Split('\n')
            .Single(line => line.StartsWith("more=", StringComparison.Ordinal));
        Assert.Equal(
            [
                $"{Nasty}/dotnet", $"{Nasty}/sweeper.dll", "slurm", $"{Nasty}/decay.yaml", "--set", "noise=linspace(0, 1, 5)",
                "--results", $"{Nasty}/results", "--nodes", "2", "--cpus-per-node", "64", "--time", "04:00:00", "--qos", "long",
                "--sbatch=--comment=a b", "--workers-only", "--submit", "",
            ],
            Bash.Run($"{line}\nprintf '%s\\n' \"${{more[@]}}\"").Split('\n'));
    }

    [Fact]
    public void An_allocation_has_a_task_for_each_GPU_and_is_told_before_its_time_is_over()
    {
        var directives = Directives(Script.Everything(Gpus, isMixed: false));
        AssertHas(
            directives, "--nodes=4", "--gpus-per-node=8", "--ntasks-per-node=8", "--cpus-per-task=2", "--time=04:00:00",
            "--signal=B:USR1@120", "--requeue", "--no-kill", "--job-name=decay");
        Assert.DoesNotContain(
            directives,
            line => line.StartsWith("--partition", StringComparison.Ordinal) || line.StartsWith("--mem", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_GPUs_there_is_a_task_for_each_core()
    {
        var script = Script.Everything(Cores, isMixed: true);
        AssertHas(Directives(script), "--nodes=2", "--ntasks-per-node=64", "--cpus-per-task=1");
        Assert.DoesNotContain("gpu", string.Join(' ', Directives(script)), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("worker --device cpu ", script, StringComparison.Ordinal);
        Assert.Contains("--results \"$begun\" --mixed ||", script, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_handed_on_stands_in_the_script()
    {
        var request = Gpus with
        {
            CpusPerNode = 48, Lines = ["--exclusive", "--gres=gpu:a100:8"],
            Also = ImmutableDictionary<string, string>.Empty.Add("partition", "gpu")
                .Add("account", "theory").Add("qos", "long").Add("constraint", "a100|h100").Add("mem", "64G"),
        };
        foreach (var script in new[] { Script.Everything(request, isMixed: false), Script.WorkersOnly(request) })
        {
            AssertHas(
                Directives(script),
                "--partition=gpu", "--account=theory", "--qos=long", "--constraint=\"a100|h100\"", "--mem=64G", "--exclusive",
                "--gres=gpu:a100:8", "--cpus-per-task=6");
        }
    }

    [Fact]
    public void More_workers_are_an_array_with_a_node_each()
    {
        AssertHas(
            Directives(Script.WorkersOnly(Gpus with { Nodes = 16 })), "--array=0-15", "--nodes=1", "--ntasks-per-node=8", "--requeue");
    }

    [Theory]
    [InlineData("0,1,2,3", "0 1 2 3")]
    [InlineData("GPU-5f0c,GPU-77aa,MIG-1/2,7", "GPU-5f0c GPU-77aa MIG-1/2 7")]
    [InlineData("5", "5 5 5 5")]
    public void Each_worker_of_a_node_sees_one_GPU_and_another_one(string visible, string seen)
    {
        var values = new Dictionary<string, string?> { ["gpu"] = "", ["device"] = "cuda:0" };
        var said = Bash.Run($$"""
            set -u
            {{Template.Fill("slurm/keep.sh", values)}}
            say() { echo "$CUDA_VISIBLE_DEVICES $*"; }
            sweeper=(say) cluster=file SLURMD_NODENAME=lab7 SLURM_JOB_ID=12
            for SLURM_LOCALID in 0 1 2 3; do (CUDA_VISIBLE_DEVICES={{visible}}; work); done
            """);
        Assert.Equal(
            seen.Split(' ').Select((gpu, task) => $"{gpu} worker --device cuda:0 --cluster file --name lab7/12.{task}\n"),
            said.Split('\n')[..^1].Select(line => line + "\n"));
    }

    [Fact]
    public void A_process_that_dies_is_started_again_until_it_leaves()
    {
        var said = Bash.Run($$"""
            set -u
            {{Template.Fill("slurm/keep.sh", new Dictionary<string, string?> { ["gpu"] = null, ["device"] = "cpu" })}}
            sleep() { :; }
            count=$(mktemp)
            dying() { echo >> "$count"; [ "$(wc -l < "$count")" = 3 ] && exit 75; exit 137; }
            keep dying; echo "left with $?, begun $(wc -l < "$count") times"
            rm "$count"
            """);
        Assert.EndsWith("left with 75, begun 3 times\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(75, 0)]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    public void A_worker_that_left_as_it_was_told_is_no_error(int left, int seen)
    {
        var said = Bash.Run($$"""
            set -u
            {{Template.Fill("slurm/keep.sh", new Dictionary<string, string?> { ["gpu"] = null, ["device"] = "cpu" })}}
            leaving() { exit {{left}}; }
            sweeper=(leaving) cluster=file SLURMD_NODENAME=lab7 SLURM_JOB_ID=12 SLURM_LOCALID=0
            work; echo "ended with $?"
            """);
        Assert.Equal($"ended with {seen}\n", said);
    }

    /// <summary>More trials failed than may, stopped, not fit, paused: what a sweep ends with is no death.</summary>
    [Theory]
    [InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7)]
    public void A_process_that_ended_with_a_verdict_is_not_started_again(int code)
    {
        var said = Bash.Run($$"""
            set -u
            {{Template.Fill("slurm/keep.sh", new Dictionary<string, string?> { ["gpu"] = null, ["device"] = "cpu" })}}
            judging() { exit {{code}}; }
            keep judging; echo "ended with $?"
            """);
        Assert.Equal($"ended with {code}\n", said);
    }

    [Fact]
    public void A_process_that_dies_at_once_each_time_is_given_up()
    {
        var said = Bash.Run($$"""
            set -u
            {{Template.Fill("slurm/keep.sh", new Dictionary<string, string?> { ["gpu"] = null, ["device"] = "cpu" })}}
            sleep() { :; }
            dying() { exit 134; }
            keep dying; echo "ended with $?"
            """);
        Assert.Equal(4, said.Split("is started again").Length - 1);
        Assert.EndsWith("\nended with 134\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_is_told_to_leave_is_waited_for_and_not_started_again()
    {
        var said = Bash.Run($$"""
            set -u
            {{Template.Fill("slurm/keep.sh", new Dictionary<string, string?> { ["gpu"] = null, ["device"] = "cpu" })}}
            leaving() { trap 'told=yes' TERM; told=; echo here; until [ "$told" ]; do sleep 0.1; done; echo leaves; exit 75; }
            ready=$(mktemp -u); mkfifo "$ready"
            keep leaving > "$ready" & kept=$!
            { read -r _; kill -TERM "$kept"; cat; } < "$ready"
            wait "$kept"; echo "with $?"; rm "$ready"
            """);
        Assert.Equal("leaves\nwith 75\n", said);
    }

    private static void AssertHas(HashSet<string> directives, params string[] asked) => Assert.Empty(asked.Except(directives));

    private static HashSet<string> Directives(string script) =>
        [.. script.Split('\n')
            .Where(line => line.StartsWith("#SBATCH ", StringComparison.Ordinal)).Select(line => line["#SBATCH ".Length..])];
}
