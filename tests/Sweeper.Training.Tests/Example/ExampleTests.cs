using Sweeper.Core.Errors;
using Sweeper.Core.Randomness;
using Sweeper.Training.Experiments;
using Sweeper.Training.Tests.Seams;
using Xunit;

namespace Sweeper.Training.Tests.Example;

/// <summary>
/// The worked example of docs/extending.md, compiled here in the namespaces of the folders that the page names.
/// `Sweeper.Campaigns` follows the page in a copy of the tree.
/// </summary>
public sealed class ExampleTests
{
    private const int Inputs = 16, Relevant = 2, Width = 32, Examples = 128, ValidationExamples = 512;
    private const double Rate = 0.05;

    public static TheoryData<string> Files => ["SparseRegression.cs", "InputMetrics.cs", "sparse-regression.yaml"];

    [Theory, MemberData(nameof(Files))]
    public void The_page_shows_the_file_as_it_is_compiled_and_planned(string file)
    {
        var named = Markdown.NamedBlocks("docs/extending.md").Single(named => Path.GetFileName(named.Path) == file);
        Assert.Equal(Text(file), named.Block.Text);
    }

    /// <summary>The gradient of the mean squared error of a network with one hidden layer, written out once more.</summary>
    [Fact]
    public void Its_first_step_is_that_of_the_formula()
    {
        var yaml = Text("sparse-regression.yaml")
            .Replace("{ log: 30 }", "[0, 1]", StringComparison.Ordinal).Replace("seeds: 8", "seeds: 2", StringComparison.Ordinal);
        var measured = SeamSweep.Run(
            new SparseRegression(), yaml.Replace("steps: 3000", "steps: 1, dtype: float64", StringComparison.Ordinal));
        double[] noises = [0, 0.5], scales = [0.1, 0.3, 1, 3];
        for (var trial = 0; trial < 2 * noises.Length * scales.Length; trial++)
        {
            var (seed, point) = Math.DivRem(trial, noises.Length * scales.Length);
            var network = Network.Draw(seed, scales[point % scales.Length]);
            var (training, targets) = Data(seed, 0, Examples);
            var noise = RandomStreams.Noise(seed, 0).NextGaussian(Examples);
            Check(0);
            network.Descend(training, [.. targets.Zip(noise, (target, draw) => target + draw * noises[point / scales.Length])]);
            Check(1);

            void Check(int step)
            {
                Assert.Equal(network.UsedInputs(), measured.Of("used_inputs", step, trial, split: "")[0], 1e-9);
                var (unseen, clean) = Data(seed, 1, ValidationExamples);
                Assert.Equal(
                    unseen.Zip(clean, (x, y) => Math.Pow(network.Answer(x) - y, 2)).Average(),
                    measured.Of("loss", step, trial, "validation")[0], 1e-9);
            }
        }
    }

    [Fact]
    public void A_point_that_cannot_be_is_refused_by_the_documented_constraint()
    {
        var fault = Assert.Throws<SweepException>(() => SeamSweep.Run(
            new SparseRegression(), SeamSweep.Of("sparse-regression", "relevant: [2, 17]", "loss")));
        Assert.Equal(
            (ExitCode.Usage, "relevant must be at most inputs, but relevant is 17, inputs is 16"), (fault.ExitCode, fault.Message));
    }

    private static (double[][] Inputs, double[] Targets) Data(int seed, int part, int examples)
    {
        var inputs = RandomStreams.Data(seed, part).NextGaussian(examples * Inputs).Chunk(Inputs).ToArray();
        return (inputs, [.. inputs.Select(x => x.Take(Relevant).Sum(Math.Abs) / Math.Sqrt(Relevant))]);
    }

    private static string Text(string file) =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests/Sweeper.Training.Tests/Example", file));

    /// <summary>y = a . max(0, W x + b) + c.</summary>
    private sealed record Network(double[][] W, double[] B, double[] A, double[] C)
    {
        public static Network Draw(int seed, double scale)
        {
            var tensor = 0;
            double[] Next(int count, int inputs)
            {
                var stream = RandomStreams.Init(seed, tensor++);
                return [.. Enumerable.Range(0, count).Select(_ => scale * stream.NextUniform(1 / Math.Sqrt(inputs)))];
            }

            return new Network([.. Next(Width * Inputs, Inputs).Chunk(Inputs)], Next(Width, Inputs), Next(Width, Width), Next(1, Width));
        }

        public double UsedInputs()
        {
            double[] columns = [.. Enumerable.Range(0, Inputs).Select(input => W.Sum(row => row[input] * row[input]))];
            return Math.Pow(columns.Sum(), 2) / columns.Sum(column => column * column);
        }

        public double Answer(double[] x) => Hidden(x).Zip(A, (hidden, weight) => hidden * weight).Sum() + C[0];

        public void Descend(double[][] inputs, double[] targets)
        {
            var errors = inputs.Zip(targets, (x, y) => 2 * (Answer(x) - y) / inputs.Length).ToArray();
            var hidden = Array.ConvertAll(inputs, Hidden);
            var outer = (double[])A.Clone();
            for (var example = 0; example < inputs.Length; example++)
            {
                C[0] -= Rate * errors[example];
                for (var unit = 0; unit < Width; unit++)
                {
                    A[unit] -= Rate * errors[example] * hidden[example][unit];
                    var inner = hidden[example][unit] > 0 ? Rate * errors[example] * outer[unit] : 0;
                    B[unit] -= inner;
                    for (var input = 0; input < Inputs; input++)
                    {
                        W[unit][input] -= inner * inputs[example][input];
                    }
                }
            }
        }

        private double[] Hidden(double[] x) =>
            [.. W.Zip(B, (row, bias) => Math.Max(0, row.Zip(x, (weight, input) => weight * input).Sum() + bias))];
    }
}
