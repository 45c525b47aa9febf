using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Metrics;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Experiments;

/// <summary>Spectra of noisy data; see the declaration.</summary>
internal sealed class SpikedMatrix : IExperiment
{
    private static readonly ImmutableArray<SeededStream> Streams =
    [
        new("signal", -1, "singular vectors of the signal", "Singular vectors of the signal."),
        new("noise", -1, "noise", "Noise, before its standard deviation; the randomised matrix."),
    ];

    /// <inheritdoc/>
    public ImmutableArray<Metric> Metrics { get; } =
        [SpectrumMetrics.SingularValues, SignalMetrics.Overlap, SignalMetrics.OverlapLeft, SignalMetrics.OverlapRight];

    /// <inheritdoc/>
    public ExperimentDeclaration Declaration { get; }

    /// <summary>Declares it.</summary>
    public SpikedMatrix() => Declaration = new ExperimentDeclaration(
        "spiked-matrix", 1,
        "Singular values and vectors of a low-rank matrix under Gaussian noise, W + Z: what a deep linear network that is trained on noisy outputs of "
        + "the teacher W can learn (Lampinen and Ganguli 2019, section 3.3). Nothing is trained. Every seed draws its own signal and noise. Singular "
        + "values of the signal below a threshold drown: the data then have neither their strength nor their direction.",
        [
            Hyperparameter.Integer("inputs", Binding.Static, 100, "Columns of the matrix.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Integer("outputs", Binding.Static, 50, "Rows of the matrix.") with { Minimum = 1, Maximum = 4096 },
            Hyperparameter.Vector("spectrum", Binding.Static, [3], "Singular values of the signal, at least one; the rest are 0.") with { Minimum = 0 },
            Hyperparameter.Real("noise", Binding.Batched, 1, "Noise: entries have standard deviation noise / inputs^(1/2).") with { Minimum = 0 },
            Hyperparameter.Choice("targets", "structured", ["structured", "randomised"], "Signal with noise, or a Gaussian matrix of the same mean square in its place."),
            Hyperparameter.Integer("steps", Binding.Static, 0, "Steps: nothing is trained.") with { Minimum = 0, Maximum = 0 },
            .. Streams.Seeds(),
            Hyperparameter.Choice("dtype", "float64", ["float32", "float64"], "Floating-point type of the matrix."),
        ],
        Streams.Declared(),
        NetworkDeclaration.Declare(Metrics, static point => new(Mlp.LayoutOf(Widths(point)), Splits: 0) { Teacher = Mlp.LayoutOf(SignalWidths(point)) }))
    {
        Constraints =
        [
            new(["spectrum", "inputs", "outputs"], "spectrum must have at least one value, and at most as many as inputs and outputs",
                static point => point.Vector("spectrum").Length is > 0 and var rank && rank <= Math.Min(point.Integer("inputs"), point.Integer("outputs"))),
        ],
        // The matrix and its signal as they are drawn, and what their decompositions need.
        BytesPerLane = static point => 16L * sizeof(double) * point.Integer("inputs") * point.Integer("outputs"),
        DefaultMetrics = ["singular_values"],
    };

    /// <inheritdoc/>
    public Program Build(PackContext pack)
    {
        var model = new Mlp(Widths(pack.Statics), leak: 1);
        var teacher = Signal(pack);
        var signal = teacher.Parameters["W2"].bmm(teacher.Parameters["W1"]).flatten(1);
        var matrix = signal + pack.Gaussian("noise", RandomStreams.Noise, 0, signal.shape[1]) * pack.ExactColumn("noise") / Math.Sqrt(pack.Statics.Integer("inputs"));
        if (pack.Statics.Choice("targets") == "randomised")
        {
            matrix = pack.Gaussian("noise", RandomStreams.Noise, 1, signal.shape[1]) * SquareRoot.Of(matrix.square().mean([1L]).unsqueeze(1));
        }

        return new Program(model, new ParameterSet(model.Layout, matrix.to(pack.Type)), Rule: null, Reported: null, [], []) { Teacher = teacher };
    }

    /// <summary>
    /// Two matrices whose product is the signal: right singular vectors as rows, left ones times their strength as columns.
    /// </summary>
    private static Teacher Signal(PackContext pack)
    {
        var model = new Mlp(SignalWidths(pack.Statics), leak: 1);
        double[] strengths = [.. pack.Statics.Vector("spectrum").OrderDescending()];
        int columns = model.Shape.Widths[0], rank = strengths.Length, rows = model.Shape.Widths[2];
        var factors = pack.Draw(pack.Seeds("signal"), seed =>
        {
            var left = HaarMatrix.Draw(RandomStreams.Teacher(seed, 0), rows, rank);
            return [.. HaarMatrix.Draw(RandomStreams.Teacher(seed, 1), rank, columns), .. left.Select((entry, place) => entry * strengths[place % rank])];
        }, model.Layout.Size);
        return new Teacher(model, new ParameterSet(model.Layout, factors.contiguous()));
    }

    private static ImmutableArray<int> Widths(Point point) => [(int)point.Integer("inputs"), (int)point.Integer("outputs")];

    private static ImmutableArray<int> SignalWidths(Point point) =>
        [(int)point.Integer("inputs"), point.Vector("spectrum").Length, (int)point.Integer("outputs")];
}
