using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>
/// Reads tables of one option with a few allowed words: `keep: { weights: final }`, `aggregate: { diverged: drop_trial }`.
/// </summary>
internal static class OptionReader
{
    /// <summary>Words of <see cref="KeptWeights"/>, in its order.</summary>
    public static readonly string[] Kept = ["none", "final", "snapshots"];

    /// <summary>What becomes of diverged trials.</summary>
    public static readonly string[] Drops = ["drop_step", "drop_trial"];

    /// <summary>`keep`; nothing is kept where the file is silent.</summary>
    public static KeptWeights Weights(YamlNode? node) => (KeptWeights)Choose(node, SweepKeys.Keep.Name, "weights", Kept);

    /// <summary>`aggregate`; a diverged trial leaves at its step where the file is silent.</summary>
    public static bool DropsDivergedTrials(YamlNode? node) => Choose(node, SweepKeys.Aggregate.Name, "diverged", Drops) == 1;

    private static int Choose(YamlNode? node, string section, string option, string[] words)
    {
        if (node is null)
        {
            return 0;
        }

        var usage = $"write {section}: {{ {option}: {string.Join(" | ", words)} }}";
        if (node is not YamlTable table)
        {
            throw node.Place.Fault($"'{section}' must be a table, but {node.Shape} stands here", usage);
        }

        if (table.Entries.FirstOrDefault(entry => entry.Name != option) is { } unknown)
        {
            throw unknown.Key.Place.Fault($"unknown key '{unknown.Name}' in '{section}'", NearestName.Remedy(unknown.Name, [option]));
        }

        if (table.Entries.IsEmpty)
        {
            throw node.Place.Fault($"'{section}' is empty", usage);
        }

        var value = table.Entries[0].Value;
        return value is YamlScalar { Text: var word } && Array.IndexOf(words, word) is >= 0 and var index
            ? index
            : throw value.Place.Fault(
                $"'{option}' of '{section}' cannot be {value.Shape}",
                value is YamlScalar scalar ? NearestName.Remedy(scalar.Text, words) : usage);
    }
}
