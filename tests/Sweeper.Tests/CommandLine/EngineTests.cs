using Sweeper.Composition;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Xunit;

namespace Sweeper.Tests.CommandLine;

/// <summary>What `plan` and `run` say of the engine that is asked for.</summary>
public sealed class EngineTests
{
    private const string Torch = "torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL auto strict";

    [Theory]
    [InlineData("torch", "trained by torch, as --engine asks")]
    [InlineData("lanes", "trained by lanes on the CPU, as --engine asks")]
    [InlineData("fused", "trained by fused kernels on a GPU, as --engine asks")]
    public async Task A_plan_names_the_engine_that_is_asked_for(string engine, string line)
    {
        using var temporary = new TemporaryFolder();
        var sweep = Sweep(temporary);
        var text = await InProcess.Run("plan", sweep, "--results", temporary.In("results"), "--engine", engine);
        var json = await InProcess.Run("plan", sweep, "--results", temporary.In("results"), "--engine", engine, "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains(line + "\n", text.Output, StringComparison.Ordinal);
        Assert.Contains($"\"engine\": \"{engine}\"", json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_what_this_machine_would_train_with()
    {
        using var temporary = new TemporaryFolder();
        var run = await InProcess.Run("plan", Sweep(temporary), "--results", temporary.In("results"));

        Assert.Contains(
            CompositionRoot.CpuWorkers is null ? "by lanes on the CPU, by torch on a GPU\n" : "trained by lanes on this machine's CPU\n",
            run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lanes 1, " + Torch, "torch", "lanes")]
    [InlineData(Torch, "lanes", "torch")]
    [InlineData(Torch, "fused", "torch")]
    public async Task An_engine_that_did_not_begin_the_folder_is_refused_before_the_plan_is_shown(string begun, string asked, string began)
    {
        using var temporary = new TemporaryFolder();
        var sweep = Sweep(temporary);
        var folder = temporary.In("results/tiny");
        var plan = CompositionRoot.Plan(SweepFile.Load(sweep, SweepOverrides.None));
        CompositionRoot.Record(plan, folder, new JournalEntry.NumericsFrozen(begun), _ => { });

        foreach (var verb in (string[])["plan", "run", "submit"])
        {
            var run = await InProcess.Run(verb, sweep, "--results", temporary.In("results"), "--engine", asked);
            Assert.Equal((5, ""), (run.ExitCode, run.Output));
            Assert.StartsWith(
                $"error: this sweep was begun by {began}, and --engine {asked} asks for {asked}\n  {folder}\n  Leave --engine out",
                run.Error, StringComparison.Ordinal);
        }
    }

    private static string Sweep(TemporaryFolder temporary)
    {
        var path = temporary.In("tiny.yaml");
        File.WriteAllText(path, "sweep: tiny\nexperiment: teacher-student\nfixed: { steps: 1 }\n");
        return path;
    }
}
