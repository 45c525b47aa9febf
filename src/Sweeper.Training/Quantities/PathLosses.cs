using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Quantities;

/// <summary>
/// Reported losses [K / M, 11] on a split along the straight line between two members of each trial: at
/// (1 - a) theta_first + a theta_second for a = 0, 0.1, ..., 1, all parameters interpolated.
/// </summary>
internal sealed record PathLosses(string Split, int First, int Second) : IQuantity<Tensor>
{
    /// <summary>Points of the line, both ends included.</summary>
    public const int Points = 11;

    /// <inheritdoc/>
    public Tensor Compute(NetworkSnapshot snapshot)
    {
        var (program, data) = (snapshot.Program, snapshot.Split(Split));
        Tensor first = Of(First, snapshot.Parameters.Flat), second = Of(Second, snapshot.Parameters.Flat);
        Tensor inputs = Of(First, data.Inputs), targets = Of(First, data.Targets);
        return stack([.. Enumerable.Range(0, Points).Select(LossAt)], 1);

        Tensor Of(int member, Tensor lanes) => program.Lanes.Of(member, lanes);

        Tensor LossAt(int point)
        {
            var place = tensor(point / (Points - 1.0), first.dtype, first.device);
            var between = new ParameterSet(program.Model.Layout, first.lerp(second, place));
            return snapshot.Reported.Loss(program.Model.Apply(between, inputs), targets);
        }
    }

    /// <summary>
    /// Barrier [K / M] of losses [K / M, 11]: how far they rise above the straight line between their ends at most. Ends
    /// included it is never negative; inside it may be.
    /// </summary>
    public static Tensor Barrier(Tensor losses, bool isInterior)
    {
        var place = linspace(0, 1, Points, losses.dtype, losses.device);
        var rise = losses - (losses.narrow(1, 0, 1) * (1 - place) + losses.narrow(1, Points - 1, 1) * place);
        return (isInterior ? rise.narrow(1, 1, Points - 2) : rise).amax([1L]);
    }
}
