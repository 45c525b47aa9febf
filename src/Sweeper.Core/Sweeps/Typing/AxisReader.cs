using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads the values of an axis: a list, or a generator such as { linspace: [0, 1, 11] }.</summary>
internal static class AxisReader
{
    private const int MostValues = 100_000;
    private static readonly string[] Generators = ["linspace", "geomspace", "logspace", "range"];

    /// <summary>The values, each with its place; a value may still stand twice. Empty where one of them is at fault.</summary>
    public static ImmutableArray<(Value Value, SourcePlace Place)> Read(Hyperparameter declared, YamlNode node, Faults faults)
    {
        var values = node switch
        {
            YamlList { Items.IsEmpty: false } list => faults.Each(list.Items, item => (Item(declared, item), item.Place)),
            YamlScalar call when GeneratorCall.Is(call.Text) => faults.List(() => Generated(declared, GeneratorCall.Read(call, faults))),
            _ => faults.List(() => Generated(declared, node)),
        };
        return node is YamlList all && values.Length < all.Items.Length ? [] : values;
    }

    private static Value Item(Hyperparameter declared, YamlNode item) => item is YamlList || declared.Kind != ValueKind.Vector
        ? ValueReader.Read(declared, item)
        : throw item.Place.Fault($"'{declared.Name}' is a list of numbers, so its axis must be a list of lists",
            "write [[3, 2, 1], [1, 1, 1]]; a single list stands in 'fixed'");

    private static ImmutableArray<(Value, SourcePlace)> Generated(Hyperparameter declared, YamlNode node)
    {
        ImmutableArray<(Value, SourcePlace)> values = node switch
        {
            YamlList => [],
            YamlTable { Entries: [var generator] } =>
                [.. Generate(declared, generator)
                    .Select(number => (ValueReader.FromNumber(declared, number, generator.Value), generator.Value.Place))],
            _ => throw node.Place.Fault(
                $"the axis '{declared.Name}' must be a list or a generator, but {node.Shape} stands here",
                "write [ value, value ], linspace(first, last, count) or { linspace: [first, last, count] }; a single "
                + "value stands in 'fixed'"),
        };
        return values.IsEmpty ? throw node.Place.Fault($"the axis '{declared.Name}' is empty", "give it at least one value, or remove it")
            : values;
    }

    private static IEnumerable<double> Generate(Hyperparameter declared, YamlEntry generator)
    {
        var key = generator.Key;
        if (!Generators.Contains(key.Text))
        {
            throw key.Place.Fault($"'{key.Text}' generates no axis", NearestName.Remedy(key.Text, Generators));
        }

        if (declared.Kind is not (ValueKind.Integer or ValueKind.Real))
        {
            throw key.Place.Fault($"'{declared.Name}' is not a number, so '{key.Text}' cannot generate its values", "list the values");
        }

        var arguments = Arguments(generator);
        return key.Text == "range" ? Range(declared, generator, arguments) : Spaced(generator, arguments);
    }

    private static IEnumerable<double> Spaced(YamlEntry generator, ExactDecimal[] arguments)
    {
        var (first, last) = (arguments[0], arguments[1]);
        var count = (int)ScalarReader.Whole(((YamlList)generator.Value).Items[2], $"the count of '{generator.Name}'", 0, MostValues);
        if (generator.Name == "linspace")
        {
            return GeneratedValues.Linear(first, last, count);
        }

        return first.Mantissa.Sign > 0 && last.Mantissa.Sign > 0
            ? GeneratedValues.Geometric(first, last, count)
            : throw generator.Value.Place.Fault(
                $"the ends of '{generator.Name}' are values and must be greater than 0",
                $"numpy's logspace takes exponents of ten instead: if that was meant, write geomspace({PowerOfTen(generator, 0)}, "
                + $"{PowerOfTen(generator, 1)}, {count})");
    }

    private static IEnumerable<double> Range(Hyperparameter declared, YamlEntry generator, ExactDecimal[] arguments)
    {
        var (start, stop, step) = (arguments[0], arguments[1], arguments[2]);
        if (step.Mantissa.IsZero)
        {
            throw ((YamlList)generator.Value).Items[2].Place.Fault(
                "the step of 'range' is 0", "write range(start, stop, step) with a step that leads from start to stop");
        }

        var count = GeneratedValues.RangeCount(start, stop, step);
        if (count <= 0)
        {
            throw generator.Value.Place.Fault(
                $"the axis '{declared.Name}' is empty: its step leads away from the stop, or start equals stop",
                "write range(start, stop, step); the stop is excluded");
        }

        return count <= MostValues ? GeneratedValues.Range(start, step, count) : throw generator.Value.Place.Fault(
            $"this range has {(count < long.MaxValue ? count : "more than 10^18")} values",
            $"an axis has at most {MostValues}: use a larger step");
    }

    private static ExactDecimal[] Arguments(YamlEntry generator)
    {
        var usage = generator.Name == "range" ? "range(start, stop, step)" : $"{generator.Name}(first, last, count)";
        if (generator.Value is not YamlList { Items.Length: 3 } list)
        {
            throw generator.Value.Place.Fault($"'{generator.Name}' needs three numbers", $"write {usage}");
        }

        return [.. list.Items.Select(item =>
        {
            ScalarReader.RefuseVanishing(item);
            return (item is YamlScalar scalar ? YamlNumber.Exact(scalar.Text) : null)
                ?? throw item.Place.Fault($"'{generator.Name}' takes finite numbers, but {item.Shape} stands here",
                    $"write {usage}");
        })];
    }

    private static string PowerOfTen(YamlEntry generator, int argument) =>
        $"1e{((YamlScalar)((YamlList)generator.Value).Items[argument]).Text}";
}
