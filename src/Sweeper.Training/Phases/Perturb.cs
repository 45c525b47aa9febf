using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using static TorchSharp.torch;

namespace Sweeper.Training.Phases;

/// <summary>
/// Moves every weight matrix in a random direction by eta times its own norm: W' = W + eta ||W||_F E / ||E||_F with E
/// Gaussian (Yunis et al. 2024, section 5.2). Lanes with eta 0 keep their bits.
/// </summary>
/// <param name="Eta">Per lane.</param>
/// <param name="Seeds">Per lane, of the direction.</param>
/// <param name="KeepsNorm">Whether W' is then scaled back to ||W||_F, so that only the direction moves, as in the paper's code.</param>
/// <param name="SparesHead">Whether the head's matrix stays, as in the paper.</param>
internal sealed record Perturb(double[] Eta, long[] Seeds, bool KeepsNorm, bool SparesHead = false) : IEdit
{
    /// <inheritdoc/>
    public void Apply(TrainingState state)
    {
        var parameters = state.Parameters;
        var eta = tensor(Eta, parameters.Flat.dtype, parameters.Flat.device).view(-1, 1, 1);
        foreach (var (index, weight) in parameters.Layout.Weights.Index().Where(weight => !SparesHead || !weight.Item.IsHead))
        {
            var matrices = parameters.Matrices(weight.Name);
            parameters.Replace(weight, Moved(matrices, Directions(index, matrices), eta, KeepsNorm));
        }
    }

    /// <summary>The law itself: weights and directions [K, rows, columns], eta [K, 1, 1].</summary>
    public static Tensor Moved(Tensor weights, Tensor directions, Tensor eta, bool keepsNorm)
    {
        var norm = Norm(weights);
        var moved = weights + directions * (eta * norm / Norm(directions));
        return keepsNorm ? moved * (norm / Norm(moved)).masked_fill_(eta.eq(0), 1).masked_fill_(norm.eq(0), 1) : moved;
    }

    private static Tensor Norm(Tensor matrices) => FrobeniusNorm.Of(matrices, keepdim: true);

    private Tensor Directions(int matrix, Tensor weights)
    {
        long rows = weights.shape[1], columns = weights.shape[2];
        var values = new double[Seeds.Length * rows * columns];
        for (var lane = 0; lane < Seeds.Length; lane++)
        {
            RandomStreams.Perturbation(Seeds[lane], matrix)
                .FillGaussian(values.AsSpan((int)(lane * rows * columns), (int)(rows * columns)));
        }

        return tensor(values, [Seeds.Length, rows, columns]).to(weights.dtype).to(weights.device);
    }
}
