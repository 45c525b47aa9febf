using Sweeper.Core.Errors;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Cuda;
using Sweeper.Training.Experiments;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>Whether the fused kernels can train a plan, asked before anything is trained.</summary>
public static class FusedFit
{
    /// <summary>
    /// Looks at a trial of every kind of pack that is made for them. Throws <see cref="SweepException"/> (preflight) for networks that they
    /// cannot train, or where a GPU, its driver or the compiler is missing.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="device">`cuda:0`, ...</param>
    public static void Check(SweepPlan plan, string device)
    {
        TorchRuntime.Ensure();
        using var gpu = CudaDevice.Open(new Device(device));
        Check(plan, gpu.SharedBytes);
    }

    internal static void Check(SweepPlan plan, int sharedBytes)
    {
        using var noGradient = no_grad();
        var catalog = new ExperimentCatalog();
        var known = new HashSet<string>();
        foreach (var pack in plan.Packs)
        {
            var lanes = plan.Experiment.LanesPerTrial(plan.TrialAt(pack.First).Point);
            var work = plan.WorkFor(pack with { Count = 1, Lanes = LaneBuckets.Ceiling(lanes) }, (_, _) => true);
            if (plan.Experiment.Engine(work.Statics) == EngineKind.Torch || !known.Add(PackKind.NameOf(work.Statics)))
            {
                continue;
            }

            using var scope = NewDisposeScope();
            var program = PackRunner.Build(catalog.Of(plan.Experiment), new PackContext(work, CPU));
            FusedEngine.RefuseUnfit(program, sharedBytes, PackKind.NameOf(work.Statics));
        }
    }
}
