using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Sweeper.Bench.Kernels;

/// <summary>Kernels alone, by BenchmarkDotNet: for whoever changes one.</summary>
internal static class KernelRun
{
    /// <summary>Measures those whose name has a text in it; null: all.</summary>
    public static int Execute(string? filter)
    {
        // In this process: BenchmarkDotNet would else build a project of its own around every kernel, which this repository's settings
        // refuse.
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(job)
            .WithArtifactsPath(Path.Combine(Checkout.Root, KeptRows.Words, "kernels"));
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(KernelRun).Assembly).Run(["--filter", $"*{filter}*"], config);
        return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
