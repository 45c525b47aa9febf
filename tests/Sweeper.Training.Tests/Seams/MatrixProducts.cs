using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Experiments;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Seams;

/// <summary>Products of Gaussian matrices, one more factor every step: nothing is trained, nothing is lost.</summary>
internal sealed class MatrixProducts : IExperiment
{
    public const int Width = 4;

    public ImmutableArray<Metric> Metrics { get; } = [SpectrumMetrics.SingularValues, SpectrumMetrics.StableRank];

    public ExperimentDeclaration Declaration { get; }

    public MatrixProducts() => Declaration = new ExperimentDeclaration(
        "matrix-products", 1, "Singular values of products of random matrices, by the number of factors.",
        [
            Hyperparameter.Real("sigma", Binding.Batched, 1, "Standard deviation of an entry, times the root of the width."),
            .. SeamSweep.Common,
        ],
        [SeamSweep.Stream("init")], NetworkDeclaration.Declare(Metrics, static _ => new(Mlp.LayoutOf([Width, Width]), Splits: 0)));

    public Program Build(PackContext pack)
    {
        var model = new Mlp([Width, Width], leak: 1);
        var one = pack.Draw(
            pack.Seeds("init"), static _ => [.. Enumerable.Range(0, Width * Width).Select(entry => entry % (Width + 1) == 0 ? 1.0 : 0)],
            model.Layout.Size);
        return new Program(
            model, new ParameterSet(model.Layout, one), Rule: null, Reported: null, [],
            [new Phase.Compute(pack.Statics.Integer("steps"), new OneFactorMore(pack.Seeds("init"), pack.Reals("sigma")))]);
    }

    /// <summary>The factor of a step.</summary>
    public static double[] Factor(long seed, long step, double sigma) => Array.ConvertAll(
        InitialLaw.Gaussian.Draw(RandomStreams.Init(seed, (int)step), [Width, Width]), entry => sigma * entry);

    private sealed record OneFactorMore(long[] Seeds, double[] Sigma) : IEdit
    {
        public void Apply(TrainingState state)
        {
            var product = state.Parameters[0];
            var factors = Seeds.Zip(Sigma, (seed, sigma) => Factor(seed, state.Step, sigma)).SelectMany(entries => entries).ToArray();
            product.copy_(tensor(factors, [Seeds.Length, Width, Width], device: product.device).bmm(product));
        }
    }
}
