using System.Collections.Immutable;
using System.Numerics;
using Sweeper.Lanes.Functions;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Tests.Networks;

/// <summary>
/// The same training as loops over one lane's numbers, which say in which order everything is summed: products by ascending terms of fused
/// multiply-adds, gradients by tiles of sixteen examples.
/// </summary>
internal static class PlainTraining<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Parameters and moments of all lanes after the steps.</summary>
    public static ImmutableArray<T[]> Of(TrainingCase<T> given)
    {
        var state = given.Start();
        var (inputs, targets) = given.Data();
        for (var lane = 0; lane < given.Lanes; lane++)
        {
            var own = state.Select(numbers => numbers.AsSpan(lane * given.Size, given.Size).ToArray()).ToArray();
            Train(given, lane, own, inputs, targets);
            foreach (var (place, numbers) in own.Index())
            {
                numbers.CopyTo(state[place].AsSpan(lane * given.Size));
            }
        }

        return state.RemoveAt(state.Length - 1);
    }

    private static void Train(TrainingCase<T> given, int lane, T[][] own, T[] inputs, T[] targets)
    {
        var shape = given.Training.Shape;
        int width = shape.Widths[0], outputs = shape.Widths[^1];
        var steps = given.StepsOf();
        for (var step = 0; step < steps.Count; step++)
        {
            int[] chosen = steps.Orders is null
                ? [.. Enumerable.Range(0, given.Examples)] : steps.Orders[lane].At(steps.Clock + step - steps.Since).ToArray();
            var units = Array.ConvertAll(chosen, example => UnitsOf(
                shape, own[0], inputs.AsSpan(((given.IsShared ? 0 : lane) * given.Examples + example) * width, width).ToArray()));
            var wanted = Array.ConvertAll(
                chosen, example => targets.AsSpan((lane * given.Examples + example) * outputs, outputs).ToArray());
            var errors = ErrorsOf(given.Training.Objective, Array.ConvertAll(units, layers => layers[^1]), wanted);
            T[]? gradient = null;
            foreach (var tile in units.Zip(errors).Chunk(16))
            {
                var part = new T[given.Size];
                foreach (var (layers, error) in tile)
                {
                    AddExample(shape, own[0], layers, error, part);
                }

                gradient = gradient is null ? part : [.. gradient.Zip(part, (sum, more) => sum + more)];
            }

            Change(given, lane, own, gradient!, steps.Updates + step + 1, TrainingCase<T>.Factor(steps.Clock + step));
        }
    }

    /// <summary>Layer by layer, from the inputs to the outputs.</summary>
    private static List<T[]> UnitsOf(MlpShape shape, T[] numbers, T[] inputs)
    {
        T leak = T.CreateChecked(shape.Leak), zero = T.Zero;
        var units = new List<T[]> { inputs };
        var at = 0;
        for (var layer = 0; layer < shape.Depth; layer++)
        {
            int rows = shape.Widths[layer + 1], columns = shape.Widths[layer];
            var next = new T[rows];
            for (var row = 0; row < rows; row++)
            {
                var sum = shape.HasBias ? numbers[at + rows * columns + row] : zero;
                for (var column = 0; column < columns; column++)
                {
                    sum = T.FusedMultiplyAdd(numbers[at + row * columns + column], units[layer][column], sum);
                }

                next[row] = shape.HasActivation(layer) && !(sum > zero) ? sum * leak : sum;
            }

            units.Add(next);
            at += rows * columns + (shape.HasBias ? rows : 0);
        }

        return units;
    }

    private static void AddExample(MlpShape shape, T[] numbers, List<T[]> units, T[] error, T[] part)
    {
        var leak = T.CreateChecked(shape.Leak);
        var start = numbers.Length;
        for (var layer = shape.Depth - 1; layer >= 0; layer--)
        {
            int rows = shape.Widths[layer + 1], columns = shape.Widths[layer];
            start -= rows * (columns + (shape.HasBias ? 1 : 0));
            // Behind the last layer it is part of the output's error; in front of others it was done where they were left.
            if (layer == shape.Depth - 1 && shape.HasActivation(layer))
            {
                error = Sloped(error, units[layer + 1], leak);
            }

            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    ref var sum = ref part[start + row * columns + column];
                    sum = T.FusedMultiplyAdd(error[row], units[layer][column], sum);
                }

                if (shape.HasBias)
                {
                    part[start + rows * columns + row] += error[row];
                }
            }

            var before = new T[columns];
            for (var column = 0; column < columns; column++)
            {
                for (var row = 0; row < rows; row++)
                {
                    before[column] = T.FusedMultiplyAdd(numbers[start + row * columns + column], error[row], before[column]);
                }
            }

            error = layer > 0 && shape.HasActivation(layer - 1) ? Sloped(before, units[layer], leak) : before;
        }
    }

    private static T[] Sloped(T[] error, T[] units, T leak) => [.. error.Zip(units, (value, unit) => unit > T.Zero ? value : value * leak)];

    /// <summary>Those of all examples of a step.</summary>
    private static IEnumerable<T[]> ErrorsOf(Objective objective, T[][] made, T[][] wanted)
    {
        var examples = T.CreateChecked(made.Length);
        switch (objective)
        {
            case Objective.SquaredError squares:
                var slope = T.CreateChecked(squares.Slope(made.Length));
                return made.Zip(
                    wanted, (outputs, targets) => outputs.Zip(targets, (output, target) => (output - target) * slope).ToArray());
            case Objective.Logistic:
                return made.Zip(wanted, (output, target) => (T[])[SigmoidOfMinus(output[0] * target[0]) * target[0] / -examples]);
            case Objective.ExpectedLogistic law:
                return ExpectedErrorsOf(law, [.. made.Select(output => output[0])], [.. wanted.Select(target => target[0])]);
            default:
                return made.Zip(wanted, (scores, targets) =>
                {
                    var most = scores.Aggregate((largest, score) => score > largest ? score : largest);
                    T[] weights = [.. scores.Select(score => Exponential(score - most))];
                    var sum = weights.Aggregate(T.Zero, (total, weight) => total + weight);
                    return weights.Zip(targets, (weight, target) => (weight / sum - target) / examples).ToArray();
                });
        }
    }

    private static IEnumerable<T[]> ExpectedErrorsOf(Objective.ExpectedLogistic law, T[] map, T[] direction)
    {
        var along = map.Zip(direction).Aggregate(T.Zero, (sum, entry) => T.FusedMultiplyAdd(entry.First, entry.Second, sum));
        T[] across = [.. map.Zip(direction, (entry, wanted) => T.FusedMultiplyAdd(-along, wanted, entry))];
        var length = T.Sqrt(across.Aggregate(T.Zero, (sum, entry) => T.FusedMultiplyAdd(entry, entry, sum)));
        T advance = T.Zero, turn = T.Zero;
        for (var point = 0; point < law.Shares.Length; point++)
        {
            T forward = T.CreateChecked(law.Forward[point]), aside = T.CreateChecked(law.Aside[point]);
            var push = SigmoidOfMinus(T.FusedMultiplyAdd(along, forward, length * aside)) * T.CreateChecked(law.Shares[point]);
            advance = T.FusedMultiplyAdd(push, forward, advance);
            turn = T.FusedMultiplyAdd(push, aside, turn);
        }

        return across.Zip(direction, (entry, wanted) =>
            (T[])[-T.FusedMultiplyAdd(turn, length > T.Zero ? entry / length : entry, advance * wanted)]);
    }

    private static T SigmoidOfMinus(T margin)
    {
        var small = Exponential(-T.Abs(margin));
        return (margin > T.Zero ? small : T.One) / (T.One + small);
    }

    private static unsafe T Exponential(T x)
    {
        T result;
        OneLane<T>.Store(Exponential<OneLane<T>, T>.Of(OneLane<T>.All(x)), &result);
        return result;
    }

    private static void Change(TrainingCase<T> given, int lane, T[][] own, T[] gradient, long update, double factor)
    {
        for (var number = 0; number < gradient.Length; number++)
        {
            var g = given.HasMask ? gradient[number] * own[^1][number] : gradient[number];
            ref var p = ref own[0][number];
            switch (given.Training.Update)
            {
                case Update.Sgd sgd:
                    var rate = T.CreateChecked(sgd.Rate[lane]) * T.CreateChecked(factor);
                    g = sgd.Decay is null ? g : T.FusedMultiplyAdd(p, T.CreateChecked(sgd.Decay[lane]), g);
                    if (sgd.Momentum is not null)
                    {
                        g = own[1][number] = T.FusedMultiplyAdd(own[1][number], T.CreateChecked(sgd.Momentum[lane]), g);
                    }

                    p = T.FusedMultiplyAdd(g, -rate, p);
                    break;
                case Update.Adam adam:
                    Adam(adam, lane, own, number, g, update, factor);
                    break;
            }
        }
    }

    private static void Adam(Update.Adam adam, int lane, T[][] own, int number, T g, long update, double factor)
    {
        ref var p = ref own[0][number];
        T rate = T.CreateChecked(adam.Rate[lane]), beta1 = T.CreateChecked(adam.Beta1), beta2 = T.CreateChecked(adam.Beta2);
        if (adam.Decay is not null)
        {
            var decay = T.CreateChecked(adam.Decay[lane]);
            g = adam.IsDecoupled ? g : T.FusedMultiplyAdd(p, decay, g);
            p = adam.IsDecoupled ? p * (T.One - rate * decay * T.CreateChecked(factor)) : p;
        }

        var m = own[1][number] = T.FusedMultiplyAdd(g, T.One - beta1, own[1][number] * beta1);
        var v = own[2][number] = T.FusedMultiplyAdd(g * g, T.One - beta2, own[2][number] * beta2);
        var correction = T.CreateChecked(1 / Math.Sqrt(1 - Power.Of(adam.Beta2, update)));
        var scale = T.CreateChecked(factor / (1 - Power.Of(adam.Beta1, update)));
        p = T.FusedMultiplyAdd(m / T.FusedMultiplyAdd(T.Sqrt(v), correction, T.CreateChecked(adam.Epsilon)), -(rate * scale), p);
    }
}
