using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads `derive`: a formula for each of some new names, which may speak of one another.</summary>
internal static partial class DeriveReader
{
    private const int MostValues = 64;
    private static readonly string[] Words = ["and", "or", "not", "in", "true", "false"];

    /// <summary>
    /// What may be spoken of: the hyperparameters and the derived values, by name, for the order of the file is no content.
    /// </summary>
    public static Vocabulary Read(YamlNode? node, ExperimentDeclaration experiment, Faults faults)
    {
        var entries = node is null ? [] : faults.List(() => SectionsReader.Table(node, "'derive'").Entries);
        if (entries.Length > MostValues)
        {
            faults.Add(entries[MostValues].Key.Place.Fault($"'derive' has more than {MostValues} names",
                "remove those that nothing shows"));
            entries = entries[..MostValues];
        }

        var formulas = faults.Each(entries, entry => (Named(entry.Key, experiment).Text, Formula(entry)))
            .ToDictionary(pair => pair.Item1, pair => pair.Item2);
        var usedBy = formulas.ToDictionary(pair => pair.Key, pair => faults.List<string>(() =>
            [.. Tokens.Of(pair.Value.Text, pair.Value.PlaceInside)
                .Where(token => token.Kind == TokenKind.Name && formulas.ContainsKey(token.Text)).Select(token => token.Text).Distinct()]));
        ImmutableHashSet<string> named = [.. entries.Select(entry => entry.Name)];
        if (Cycles.First(formulas.Keys, name => usedBy[name]) is { } cycle)
        {
            faults.Add(entries.First(entry => entry.Name == cycle[0]).Key.Place.Fault(
                cycle is [var own] ? $"'{own}' is derived from itself" : $"{Cycles.Describe(cycle)} are derived from one another",
                "derive one of them from hyperparameters"));
            return new Vocabulary(experiment, []) { Broken = named };
        }

        var known = new SortedDictionary<string, DerivedValue>(StringComparer.Ordinal);
        Vocabulary So() => new(experiment, [.. known.Values]) { Broken = named.Except(known.Keys) };
        var done = new HashSet<string>();
        void Derive(string name)
        {
            if (done.Add(name))
            {
                foreach (var used in usedBy[name])
                {
                    Derive(used);
                }

                if (faults.Try(() => PredicateParser.Formula(name, formulas[name].Text, So(), formulas[name].PlaceInside)) is { } derived)
                {
                    known[name] = derived;
                }
            }
        }

        foreach (var name in formulas.Keys)
        {
            Derive(name);
        }

        return So();
    }

    private static YamlScalar Named(YamlScalar name, ExperimentDeclaration experiment) =>
        !Name().IsMatch(name.Text) || Words.Contains(name.Text)
            ? throw name.Place.Fault($"'{name.Text}' cannot be the name of a derived value",
                "use lower-case letters, digits and underscores, a letter first, and no word of conditions")
            : experiment.IndexOf(name.Text) >= 0
            ? throw name.Place.Fault($"'{name.Text}' is a hyperparameter of '{experiment.Name}'", "give the derived value another name")
            : ReservedNames.Contains(name.Text)
            ? throw name.Place.Fault($"'{name.Text}' is a column of the results", "give the derived value another name")
            : name;

    private static YamlScalar Formula(YamlEntry entry) => entry.Value as YamlScalar is { Text.Length: > 0 } formula
        ? formula
        : throw entry.Value.Place.Fault($"'{entry.Name}' must be a formula, but {entry.Value.Shape} stands here",
            "write a text such as \"1 / noise ** 2\"");

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
