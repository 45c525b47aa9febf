using Sweeper.Composition;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.CommandLine;
using Xunit;

namespace Sweeper.Tests.Preflight;

/// <summary>What `slurm` and `kubernetes` say of a cluster that does not fit the sweep, before anything is started.</summary>
public sealed class AskedClusterTests
{
    private const string Cpu = "lanes 1, torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL auto strict";
    private const string Cuda = "torch 2.10.0, TorchSharp 0.107.0, cuda NVIDIA H200";

    /// <summary>Four packs, of four trials each.</summary>
    private const string Sweep = "sweep: tiny\nexperiment: teacher-student\nfixed: { steps: 1 }\ngrid: { depth: [1, 2, 3, 4] }\nseeds: 4\n";

    [Theory]
    [InlineData(Cpu, "--gpus-per-node", "was begun on the CPU, and GPUs are asked for", "cores (--cpus-per-node N)")]
    [InlineData(Cuda, "--cpus-per-node", "was begun on GPUs, and the CPU is asked for", "GPUs (--gpus-per-node N)")]
    public async Task A_folder_of_another_kind_is_told_in_the_script_and_beside_it(
        string begun, string asked, string problem, string remedy)
    {
        using var temporary = new TemporaryFolder();
        var sweep = Begun(temporary, begun);
        var run = await Slurm(temporary, sweep, asked, "1");

        Assert.Equal(0, run.ExitCode);
        var note = Assert.Single(run.Error.Split('\n'), line => line.Contains(problem, StringComparison.Ordinal));
        Assert.Contains(remedy, note, StringComparison.Ordinal);
        Assert.Contains($"\n# {note}\n", run.Output, StringComparison.Ordinal);

        foreach (var fitting in (string[][])[[asked, "1", "--mixed"], [Other(asked), "1"]])
        {
            var fits = await Slurm(temporary, sweep, fitting);
            Assert.DoesNotContain("was begun on", fits.Error + fits.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_engine_that_did_not_begin_the_folder_is_refused()
    {
        using var temporary = new TemporaryFolder();
        var run = await Slurm(temporary, Begun(temporary, Cpu), "--cpus-per-node", "1", "--engine", "torch");
        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.Contains("begun by lanes, and --engine torch asks for torch", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slurm", "--gpus-per-node 1", "lanes", "trains on the CPU only", "cores (--cpus-per-node N)")]
    [InlineData("slurm", "--cpus-per-node 1", "fused", "trains on GPUs only", "GPUs (--gpus-per-node N)")]
    [InlineData("kubernetes", "--workers 4 --gpus 1", "lanes", "trains on the CPU only", "the CPU (no --gpus)")]
    [InlineData("kubernetes", "--workers 4 --gpus 0", "fused", "trains on GPUs only", "GPUs (--gpus 1)")]
    public async Task An_engine_that_no_worker_would_have_is_refused(
        string verb, string asked, string engine, string problem, string remedy)
    {
        using var temporary = new TemporaryFolder();
        var run = await InProcess.Run([.. Words(verb, temporary, Written(temporary)), .. asked.Split(' '), "--engine", engine]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: --engine {engine} {problem}", run.Error, StringComparison.Ordinal);
        Assert.Contains($"Ask for {remedy}, or leave --engine out.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slurm", "--nodes 2 --gpus-per-node 4")]
    [InlineData("kubernetes", "--workers 8")]
    public async Task More_workers_than_packs_are_told_with_a_remedy(string verb, string asked)
    {
        using var temporary = new TemporaryFolder();
        var sweep = Written(temporary);
        var run = await InProcess.Run([.. Words(verb, temporary, sweep), .. asked.Split(' ')]);
        Assert.Contains(
            "note: 8 workers for 4 packs to train: 4 will have nothing to do. `lanes: 1` in the sweep file makes smaller packs",
            run.Error, StringComparison.Ordinal);

        File.AppendAllText(sweep, "lanes: 1\n");
        var enough = await InProcess.Run([.. Words(verb, temporary, sweep), .. asked.Split(' ')]);
        Assert.DoesNotContain("nothing to do", enough.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_data_sets_are_learnt_from_files_is_told()
    {
        using var temporary = new TemporaryFolder();
        var sweep = Path.Combine(Repository.Root, "sweeps/weight-spectra/mnist-label-noise.yaml");
        var slurm = await Slurm(temporary, sweep, "--cpus-per-node", "1");
        string[] words = [.. Words("kubernetes", temporary, sweep), "--workers", "1"];
        var without = await InProcess.Run(words);
        var with = await InProcess.Run([.. words, "--data", "mnist"]);

        Assert.Contains("# It learns mnist-test from files", slurm.Output, StringComparison.Ordinal);
        Assert.Contains("learns mnist-test from files, and no worker has them", without.Error, StringComparison.Ordinal);
        Assert.Contains("# The sweep learns mnist-test from files", without.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (with.ExitCode, with.Error));
        Assert.DoesNotContain("from files, and no", with.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "from files", (await Slurm(temporary, Written(temporary), "--cpus-per-node", "1")).Output, StringComparison.Ordinal);
    }

    private static string Other(string asked) => asked == "--gpus-per-node" ? "--cpus-per-node" : "--gpus-per-node";

    private static Task<InProcess> Slurm(TemporaryFolder temporary, string sweep, params string[] asked) =>
        InProcess.Run([.. Words("slurm", temporary, sweep), .. asked]);

    private static string[] Words(string verb, TemporaryFolder temporary, string sweep) => verb == "slurm"
        ? [verb, sweep, "--results", temporary.In("results"), "--time", "01:00:00"]
        : [verb, sweep, "--image", "lab/sweeper:1", "--storage-class", "fast"];

    private static string Written(TemporaryFolder temporary)
    {
        var path = temporary.In("tiny.yaml");
        File.WriteAllText(path, Sweep);
        return path;
    }

    private static string Begun(TemporaryFolder temporary, string numerics)
    {
        var path = Written(temporary);
        CompositionRoot.Record(CompositionRoot.Plan(SweepFile.Load(path, SweepOverrides.None)), temporary.In("results/tiny"),
            new JournalEntry.NumericsFrozen(numerics), _ => { });
        return path;
    }
}
