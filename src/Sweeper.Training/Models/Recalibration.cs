using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Buffers of networks that were not trained to be what they are (interpolated, truncated, perturbed): the plain mean over consecutive
/// batches of the training data of what each batch leaves there (Yunis et al. 2024).
/// </summary>
/// <param name="Model">The networks.</param>
/// <param name="Inputs">Training data of as many lanes.</param>
/// <param name="Batch">Examples of a batch; the last one may have fewer.</param>
internal sealed record Recalibration(IModel Model, Tensor Inputs, long Batch)
{
    /// <summary>For the networks of a program; null where they have no buffers.</summary>
    public static Recalibration? Of(Program program) => program.Model.Layout.Buffers.IsEmpty
        ? null
        : new Recalibration(program.Model, program.Splits[0].Inputs, program.Rule?.Batches?.Size ?? program.Splits[0].Inputs.shape[1]);

    /// <summary>Changes the buffers, and nothing else.</summary>
    public void Apply(ParameterSet networks)
    {
        using var scope = NewDisposeScope();
        Tensor[] buffers = [.. Model.Layout.Buffers.Select(buffer => networks[buffer.Name])];
        var sums = Array.ConvertAll(buffers, buffer => zeros_like(buffer));
        var batches = Inputs.split(Batch, 1);
        foreach (var batch in batches)
        {
            using var ofBatch = NewDisposeScope();
            Model.Apply(networks, batch, NetworkMode.Recalibrate);
            foreach (var (sum, buffer) in sums.Zip(buffers))
            {
                sum.add_(buffer);
            }
        }

        foreach (var (sum, buffer) in sums.Zip(buffers))
        {
            buffer.copy_(sum.div_(batches.Length));
        }
    }
}
