using System.Collections.Immutable;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// What is not trained [K / M, ...] of the networks at each point of the line between two members (<see cref="PathLosses"/>), recalibrated:
/// once for all splits. None where networks have no buffers.
/// </summary>
internal sealed record PathBuffers(MemberPair Pair) : IQuantity<ImmutableArray<Tensor>>
{
    /// <inheritdoc/>
    public ImmutableArray<Tensor> Compute(NetworkSnapshot snapshot)
    {
        var program = snapshot.Program;
        return Recalibration.Of(program) is not { } all
            ? []
            : Along(
                Of(Pair.First, snapshot.Parameters.Flat), Of(Pair.Second, snapshot.Parameters.Flat),
                all with { Inputs = Of(Pair.First, all.Inputs) });

        Tensor Of(int member, Tensor lanes) => program.Lanes.Of(member, lanes);
    }

    /// <summary>The law itself: from parameters [K, P] to others.</summary>
    public static ImmutableArray<Tensor> Along(Tensor first, Tensor second, Recalibration recalibration)
    {
        return [.. Enumerable.Range(0, PathLosses.Points).Select(At)];

        Tensor At(int point)
        {
            using var scope = NewDisposeScope();
            var between = PathLosses.Between(recalibration.Model, first, second, point);
            recalibration.Apply(between);
            return Untrained(between).clone().MoveToOuterDisposeScope();
        }
    }

    /// <summary>What is not trained of networks: it stands last.</summary>
    public static Tensor Untrained(ParameterSet networks) =>
        networks.Flat.narrow(1, networks.Layout.TrainedSize, networks.Layout.Size - networks.Layout.TrainedSize);
}
