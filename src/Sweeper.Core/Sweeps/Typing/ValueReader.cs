using System.Globalization;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Types one value by its declaration, whatever YAML would have made of it, and checks range and choices.</summary>
internal static class ValueReader
{
    /// <summary>The value; throws <see cref="Errors.SweepException"/> with its place.</summary>
    public static Value Read(Hyperparameter declared, YamlNode node)
    {
        if (declared.Kind == ValueKind.Vector)
        {
            return node is YamlList list ? Vector(declared, list) : throw Mistyped(declared, node);
        }

        if (node is not YamlScalar scalar)
        {
            throw Mistyped(declared, node);
        }

        return declared.Kind switch
        {
            ValueKind.Integer => InRange(
                declared, node, YamlNumber.Whole(scalar.Text) is { } number ? new Value.Integer(number) : throw Mistyped(declared, node)),
            ValueKind.Real => new Value.Real(Real(declared, node)),
            ValueKind.Flag => new Value.Flag(Flag(scalar.Text) ?? throw Mistyped(declared, node)),
            _ => declared.Choices.Contains(scalar.Text)
                ? new Value.Choice(scalar.Text)
                : throw node.Place.Fault($"'{declared.Name}' cannot be {node.Shape}", NearestName.Remedy(scalar.Text, declared.Choices)),
        };
    }

    /// <summary>A generated number as a value: whole where the hyperparameter is, and in its range.</summary>
    public static Value FromNumber(Hyperparameter declared, double number, YamlNode node)
    {
        if (declared.Kind == ValueKind.Real)
        {
            Check(declared, node, number);
            return new Value.Real(number);
        }

        return Math.Abs(number) <= 1L << 53 && Math.Floor(number) == number
            ? InRange(declared, node, new Value.Integer((long)number))
            : throw node.Place.Fault(
                string.Create(
                    CultureInfo.InvariantCulture, $"this axis gives '{declared.Name}' the value {number}, but it is a whole number"),
                "choose ends and count so that all values are whole, or list the values");
    }

    /// <summary>Empty only where the default is: elsewhere no experiment expects it.</summary>
    private static Value.Vector Vector(Hyperparameter declared, YamlList list) =>
        list.Items.IsEmpty && declared.Default is Value.Vector { Numbers.IsEmpty: false }
            ? throw list.Place.Fault($"'{declared.Name}' is an empty list", $"give it at least one number, for example {declared.Default}")
            : new Value.Vector([.. list.Items.Select(item => Real(declared, item))]);

    private static Value.Integer InRange(Hyperparameter declared, YamlNode node, Value.Integer value)
    {
        Check(declared, node, value.Number);
        return value;
    }

    private static double Real(Hyperparameter declared, YamlNode node)
    {
        var number = (node is YamlScalar scalar ? YamlNumber.Real(scalar.Text) : null) ?? throw Mistyped(declared, node);
        Check(declared, node, number);
        return number;
    }

    private static bool? Flag(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    private static void Check(Hyperparameter declared, YamlNode node, double number)
    {
        if (number < declared.Minimum || number > declared.Maximum)
        {
            throw node.Place.Fault(
                string.Create(CultureInfo.InvariantCulture, $"'{declared.Name}' cannot be {number}"),
                string.Create(CultureInfo.InvariantCulture, $"it must be {Bounds(declared)}"));
        }
    }

    private static string Bounds(Hyperparameter declared) =>
        (double.IsInfinity(declared.Minimum), double.IsInfinity(declared.Maximum)) switch
        {
            (false, false) => string.Create(CultureInfo.InvariantCulture, $"from {declared.Minimum} to {declared.Maximum}"),
            (true, _) => string.Create(CultureInfo.InvariantCulture, $"at most {declared.Maximum}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"at least {declared.Minimum}"),
        };

    private static Errors.SweepException Mistyped(Hyperparameter declared, YamlNode node)
    {
        ScalarReader.RefuseVanishing(node);
        var kind = declared.Kind switch
        {
            ValueKind.Integer => "a whole number",
            ValueKind.Real => "a finite number",
            ValueKind.Flag => "true or false",
            ValueKind.Choice => "one word",
            _ => "a list of finite numbers",
        };
        return node.Place.Fault(
            $"'{declared.Name}' must be {kind}, but {node.Shape} stands here",
            node is YamlScalar { Text: var call } && (GeneratorCall.Is(call) || GeneratorCall.IsBegun(call))
                ? $"a generator stands alone in 'grid', without brackets around it: {declared.Name}: linspace(0, 1, 5)"
                : node is YamlList && declared.Kind != ValueKind.Vector
                ? $"an axis of values stands in 'grid', or on the command line as --set {declared.Name}=a,b"
                : $"write for example {declared.Default}");
    }
}
