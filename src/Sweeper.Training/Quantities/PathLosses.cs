using System.Collections.Immutable;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Reported losses [K / M, 11] on a split along the straight line between two members of each trial: at
/// (1 - a) theta_first + a theta_second for a = 0, 0.1, ..., 1, all parameters interpolated, buffers recalibrated.
/// </summary>
internal sealed record PathLosses(string Split, MemberPair Pair) : IQuantity<Tensor>
{
    /// <summary>Points of the line, both ends included.</summary>
    public const int Points = 11;

    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        var (program, data) = (snapshot.Program, snapshot.Split(Split));
        return Along(
            program.Model, Of(Pair.First, snapshot.Parameters.Flat), Of(Pair.Second, snapshot.Parameters.Flat),
            data with { Inputs = Of(Pair.First, data.Inputs), Targets = Of(Pair.First, data.Targets) }, snapshot.Reported,
            snapshot.Get(new PathBuffers(Pair)));

        Tensor Of(int member, Tensor lanes) => program.Lanes.Of(member, lanes);
    }

    /// <summary>
    /// The law itself: from parameters [K, P] to others, on data of as many lanes; [K, 11]. Buffers are those of every point, where there are any.
    /// </summary>
    public static Tensor Along(
        IModel model, Tensor first, Tensor second, Data.Split data, IObjective objective, ImmutableArray<Tensor> buffers)
    {
        return stack([.. Enumerable.Range(0, Points).Select(LossAt)], 1);

        Tensor LossAt(int point)
        {
            using var scope = NewDisposeScope();
            var between = Between(model, first, second, point);
            if (!buffers.IsEmpty)
            {
                PathBuffers.Untrained(between).copy_(buffers[point]);
            }

            return objective.Loss(Outputs.Of(model, between, data.Inputs), data.Targets).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Networks at a point of the line.</summary>
    public static ParameterSet Between(IModel model, Tensor first, Tensor second, int point) =>
        new(model.Layout, first.lerp(second, tensor(point / (Points - 1.0), first.dtype, first.device)));

    /// <summary>
    /// Barrier [K] of losses [K, points] at evenly spaced points: how far they rise above the straight line between their ends at
    /// most. Ends included it is never negative; inside it may be.
    /// </summary>
    public static Tensor Barrier(Tensor losses, bool isInterior)
    {
        var points = losses.shape[1];
        var place = linspace(0, 1, points, losses.dtype, losses.device);
        var rise = losses - (losses.narrow(1, 0, 1) * (1 - place) + losses.narrow(1, points - 1, 1) * place);
        return (isInterior ? rise.narrow(1, 1, points - 2) : rise).amax([1L]);
    }
}
