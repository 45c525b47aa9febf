using System.Collections.Immutable;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Typed entries that belong to no hyperparameter: counts, seeds, steps, names.</summary>
internal static class ScalarReader
{
    /// <summary>A whole number within bounds.</summary>
    public static long Whole(YamlNode node, string what, long minimum, long maximum = long.MaxValue)
    {
        if (node is not YamlScalar scalar || YamlNumber.Whole(scalar.Text) is not { } number)
        {
            throw node.Place.Fault(
                $"{what} must be a whole number, but {node.Shape} stands here", $"write a number such as {Math.Max(1, minimum)}");
        }

        return number >= minimum && number <= maximum
            ? number
            : throw node.Place.Fault(
                $"{what} is {number}",
                maximum == long.MaxValue ? $"it must be at least {minimum}" : $"it must be from {minimum} to {maximum}");
    }

    /// <summary>Throws for a number that is 0 as a double and not as it is written: most likely a slip of the keyboard.</summary>
    public static void RefuseVanishing(YamlNode node)
    {
        if (node is YamlScalar scalar && YamlNumber.Vanishes(scalar.Text))
        {
            throw Vanishing(scalar.Text, node.Place);
        }
    }

    /// <summary>The fault of such a number.</summary>
    public static Errors.SweepException Vanishing(string number, SourcePlace place) =>
        place.Fault($"{number} is too near to 0 for a double", "write 0, or a number from 5e-324 on");

    /// <summary>What is made of a list of different words, without those at fault.</summary>
    public static ImmutableArray<T> Words<T>(YamlNode node, string what, Func<YamlScalar, T> read, Faults faults)
    {
        var seen = new HashSet<string>();
        return faults.Each(
            faults.List(() => node is YamlList list ? list.Items
                : throw node.Place.Fault($"{what} must be a list of names, but {node.Shape} stands here", "write [ name, name ]")),
            item => item is not YamlScalar { Text.Length: > 0 } word
                ? throw item.Place.Fault($"{what} must be a list of names, but {item.Shape} stands in it", "write [ name, name ]")
                : seen.Add(word.Text) ? read(word)
                    : throw word.Place.Fault($"'{word.Text}' stands twice in {what}", "keep one of the two"));
    }
}
