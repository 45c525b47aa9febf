using System.Collections.Immutable;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Networks;

/// <summary>Steps of networks of one number for each input, under both logistic losses, by registers of lanes and of units.</summary>
public sealed class LogisticTests
{
    private static readonly Update Descent = new Update.Sgd([1], null, null);

    /// <summary>One weight w, one example x with label y: it moves by y x / (1 + e^(y w x)).</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.3, 1)]
    [InlineData(0.3, -1)]
    [InlineData(-30, 1)]
    [InlineData(30, 1)]
    [InlineData(1000, 1)]
    [InlineData(-1000, 1)]
    [InlineData(1000, -1)]
    public void An_example_pushes_by_what_its_margin_leaves(double weight, double label)
    {
        const double Input = 0.5;
        var expected = weight + label * Input / (1 + Math.Exp(label * weight * Input));
        Assert.All(
            Steps(new Objective.Logistic(), [weight], [Input], [label]),
            made => Assert.Equal(expected, made[0], 1e-15 * Math.Max(1, Math.Abs(weight))));
    }

    /// <summary>Differences of the mean of ln(1 + e^(-y f)) over three examples.</summary>
    [Fact]
    public void Examples_push_by_the_slope_of_their_mean_loss()
    {
        double[] map = [0.4, -1.1], inputs = [0.2, 1.5, -0.7, 0.1, 3, -2], labels = [1, -1, -1];
        CheckSlope(new Objective.Logistic(), map, inputs, labels, w => Enumerable.Range(0, 3).Average(
            example => Loss(labels[example] * (w[0] * inputs[2 * example] + w[1] * inputs[2 * example + 1]))));
    }

    /// <summary>
    /// Differences of the sum over points of the plane that the targets span, and what of the map is orthogonal to them.
    /// </summary>
    [Theory]
    [InlineData(0.6, -1.2, 0.3)]
    [InlineData(1e-3, 2e-3, -4e-3)]
    [InlineData(-700, 800, 90)]
    public void An_expected_loss_pushes_by_its_slope(double first, double second, double third)
    {
        double[] wanted = [2.0 / 7, 3.0 / 7, 6.0 / 7], map = [first, second, third];
        var law = TrainingCase<double>.Expected;
        CheckSlope(law, map, [1, 0, 0, 0, 1, 0, 0, 0, 1], wanted, w =>
        {
            var along = w.Zip(wanted, (entry, target) => entry * target).Sum();
            var aside = Math.Sqrt(w.Sum(entry => entry * entry) - along * along);
            return law.Shares.Select((share, point) => share * Loss(along * law.Forward[point] + aside * law.Aside[point])).Sum();
        });
    }

    /// <summary>It has no direction to turn to: points to both sides push it forward alone.</summary>
    [Fact]
    public void A_map_along_the_targets_stays_there()
    {
        var law = new Objective.ExpectedLogistic([1, 1], [0.5, -0.5], [0.25, 0.75]);
        double[] expected = [0, 2 + 1 / (1 + Math.Exp(2))];
        Assert.All(
            Steps(law, [0, 2], [1, 0, 0, 1], [0, 1]), made => Assert.Equal(expected, made, static (a, b) => Math.Abs(a - b) < 1e-15));
    }

    private static double Loss(double margin) => margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;

    private static void CheckSlope(Objective objective, double[] map, double[] inputs, double[] targets, Func<double[], double> loss)
    {
        var scale = Math.Sqrt(map.Sum(entry => entry * entry));
        Assert.All(Steps(objective, map, inputs, targets), made =>
        {
            for (var entry = 0; entry < map.Length; entry++)
            {
                double difference = 1e-5 * scale, slope = (Moved(difference) - Moved(-difference)) / (2 * difference);
                Assert.Equal(-slope, made[entry] - map[entry], 1e-8);

                double Moved(double by) => loss([.. map.Select((value, place) => place == entry ? value + by : value)]);
            }
        });
    }

    /// <summary>The numbers after a step of rate 1, as all registers make them.</summary>
    private static ImmutableArray<double[]> Steps(Objective objective, double[] map, double[] inputs, double[] targets)
    {
        var training = new LaneTraining(new MlpShape([map.Length, 1], 1, HasBias: false, HasOutputActivation: false), objective, Descent);
        return
        [
            .. ((bool[])[false, true]).SelectMany(isByUnit => (double[][])
            [
                Step<OneLane<double>>(isByUnit), Step<Lanes128<double>>(isByUnit), Step<Lanes256<double>>(isByUnit),
                Step<Lanes512<double>>(isByUnit),
            ]),
        ];

        unsafe double[] Step<TLanes>(bool isByUnit)
            where TLanes : unmanaged, ILanes<TLanes, double>
        {
            double[] numbers = [.. map];
            fixed (double* first = inputs, wanted = targets, own = numbers)
            {
                var data = new LaneData<double>(first, 0, wanted, 0, targets.Length);
                using var trainer = new LaneTrainer<TLanes, double>(training, data, [0], isByUnit: isByUnit);
                trainer.Advance(new LaneState<double>(own, [], null), new LaneSteps(1, 0, 0, static _ => 1), threads: 1);
            }

            return numbers;
        }
    }
}
