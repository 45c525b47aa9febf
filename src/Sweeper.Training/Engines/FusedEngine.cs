using System.Numerics;
using Sweeper.Core.Errors;
using Sweeper.Lanes.Fused;
using Sweeper.Lanes.Networks;
using Sweeper.Training.Cuda;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Engines;

/// <summary>
/// Kernels of Sweeper's own on a GPU: one block of threads trains a network, which stays in its shared memory. Numbers have the bits of
/// <see cref="LanesEngine"/>, and lanes that nobody asks for are left as they are.
/// </summary>
internal abstract class FusedEngine : IEngine
{
    /// <summary>Why the kernels cannot train a program; null where they can.</summary>
    /// <param name="program">Anywhere.</param>
    /// <param name="sharedBytes">Shared memory that a block of the GPU may have.</param>
    public static string? Refusal(Program program, int sharedBytes)
    {
        if (LaneProgram.Of(program) is not { } training)
        {
            return "it trains perceptrons with squared error, cross-entropy or logistic loss, by Sgd or Adam, and this is another program";
        }

        if (training.Objective is Objective.ExpectedLogistic)
        {
            return "the expected logistic loss needs all outputs of a network together, which no kernel has";
        }

        var needed = FusedPlan.Least(training, program.Initial.Flat.dtype == ScalarType.Float64 ? sizeof(double) : sizeof(float));
        return needed <= sharedBytes ? null
            : $"a network of widths {string.Join('-', training.Shape.Widths)} takes {(needed + 1023) >> 10} KiB of shared memory, "
                + $"and a block of this GPU has {sharedBytes >> 10}";
    }

    /// <summary>
    /// On a GPU of this machine. Throws <see cref="SweepException"/> (preflight) where there is none, no compiler, or the program is
    /// refused.
    /// </summary>
    public static FusedEngine On(Program program, Device where)
    {
        var device = CudaDevice.Open(where);
        try
        {
            RefuseUnfit(program, device.SharedBytes, null);
            return For(program, device);
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <summary>Throws <see cref="SweepException"/> (preflight) for a program that it refuses.</summary>
    public static void RefuseUnfit(Program program, int sharedBytes, string? place)
    {
        if (Refusal(program, sharedBytes) is { } why)
        {
            throw new SweepException(
                ExitCode.Preflight, $"the fused engine cannot train this: {why}",
                "Leave `--engine fused` out: torch trains any network.", place);
        }
    }

    /// <summary>For a program that it does not refuse.</summary>
    public static FusedEngine For(Program program, CudaDevice device)
    {
        var training = LaneProgram.Of(program) ?? throw new InvalidOperationException("this program is refused");
        return program.Initial.Flat.dtype == ScalarType.Float64 ? new FusedEngine<double>(program, training, device)
            : new FusedEngine<float>(program, training, device);
    }

    /// <inheritdoc/>
    public abstract void Advance(TrainingState state, long steps, Action<long>? look = null);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>With numbers of one type.</summary>
internal sealed class FusedEngine<T> : FusedEngine
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CudaDevice device;
    private readonly LaneTensors tensors;
    private readonly FusedTrainer<T> trainer;

    public FusedEngine(Program program, LaneTraining training, CudaDevice device)
    {
        this.device = device;
        tensors = new LaneTensors(program, training);
        trainer = new FusedTrainer<T>(training, tensors.Data<T>(), [.. program.Wanted], device);
    }

    /// <inheritdoc/>
    public override void Advance(TrainingState state, long steps, Action<long>? look = null)
    {
        trainer.Advance(LaneTensors.State<T>(state), tensors.Steps(state, steps), look);
        state.Optimizer.Updates += steps;
        state.Count(steps);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        trainer.Dispose();
        device.Dispose();
    }
}
