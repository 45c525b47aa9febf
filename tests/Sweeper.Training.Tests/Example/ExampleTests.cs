using Sweeper.Core.Randomness;
using Sweeper.Training.Tests.Seams;
using Xunit;

namespace Sweeper.Training.Tests.Example;

/// <summary>The worked example of docs/extending.md.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Files => ["LinearRegression.cs", "TargetDistance.cs", "linear-regression.yaml"];

    [Theory, MemberData(nameof(Files))]
    public void The_page_shows_the_file_as_it_is_compiled_and_planned(string file)
    {
        Assert.Contains(
            $"\n```{(file.EndsWith(".cs", StringComparison.Ordinal) ? "csharp" : "yaml fragment")}\n{Text(file)}```\n", Text("extending.md"), StringComparison.Ordinal);
    }

    /// <summary>The first step from zero is w = rate (2/n) X^T y; noise-free here.</summary>
    [Fact]
    public void It_is_planned_from_its_file_and_descends_as_the_formula_says()
    {
        var measured = SeamSweep.Run(new LinearRegression(), Text("linear-regression.yaml").Replace("{ examples: 16 }", "{ examples: 16, steps: 3 }", StringComparison.Ordinal));
        const int Inputs = 8, Examples = 16;
        for (var seed = 0; seed < 4; seed++)
        {
            double[] target = Gaussian(RandomStreams.Teacher(seed, 0), Inputs), x = Gaussian(RandomStreams.Data(seed, 0), Examples * Inputs);
            var step = new double[Inputs];
            for (var example = 0; example < Examples; example++)
            {
                var row = x.AsSpan(example * Inputs, Inputs).ToArray();
                var y = row.Zip(target, (left, right) => left * right).Sum();
                for (var input = 0; input < Inputs; input++)
                {
                    step[input] += 0.01 * 2 / Examples * row[input] * y;
                }
            }

            Assert.Equal(Norm(target), Distance(0, seed), 1e-12);
            Assert.Equal(Norm([.. step.Zip(target, (left, right) => left - right)]), Distance(1, seed), 1e-12);
            Assert.True(Distance(3, seed) < Distance(1, seed));
        }

        double Distance(long step, int seed) => measured.Of("target_distance", step, 4 * seed, split: "")[0];
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(entry => entry * entry));

    private static double[] Gaussian(CounterRandom stream, int count) => SeamSweep.Gaussian(stream, count);

    private static string Text(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Example", file));
}
