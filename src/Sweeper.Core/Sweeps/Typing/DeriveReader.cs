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

    /// <summary>The derived values by name: the order of the file is no content.</summary>
    public static ImmutableArray<DerivedValue> Read(YamlNode? node, ExperimentDeclaration experiment)
    {
        if (node is null)
        {
            return [];
        }

        var table = SectionsReader.Table(node, "'derive'");
        if (table.Entries.Length > MostValues)
        {
            throw table.Entries[MostValues].Key.Place.Fault($"'derive' has more than {MostValues} names", "remove those that nothing shows");
        }

        var formulas = table.Entries.ToDictionary(entry => Named(entry.Key, experiment).Text, Formula);
        IEnumerable<string> UsedBy(string name) => Tokens.Of(formulas[name].Text, formulas[name].PlaceInside)
            .Where(token => token.Kind == TokenKind.Name && formulas.ContainsKey(token.Text)).Select(token => token.Text).Distinct();
        if (Cycles.First(formulas.Keys, UsedBy) is { } cycle)
        {
            throw table.Entries.First(entry => entry.Name == cycle[0]).Key.Place.Fault(
                cycle is [var own] ? $"'{own}' is derived from itself" : $"{Cycles.Describe(cycle)} are derived from one another", "derive one of them from hyperparameters");
        }

        var known = new SortedDictionary<string, DerivedValue>(StringComparer.Ordinal);
        void Derive(string name)
        {
            foreach (var used in UsedBy(name).Where(used => !known.ContainsKey(used)))
            {
                Derive(used);
            }

            known[name] = PredicateParser.Formula(name, formulas[name].Text, new Vocabulary(experiment, [.. known.Values]), formulas[name].PlaceInside);
        }

        foreach (var name in formulas.Keys.Where(name => !known.ContainsKey(name)))
        {
            Derive(name);
        }

        return [.. known.Values];
    }

    private static YamlScalar Named(YamlScalar name, ExperimentDeclaration experiment) =>
        !Name().IsMatch(name.Text) || Words.Contains(name.Text)
            ? throw name.Place.Fault($"'{name.Text}' cannot be the name of a derived value", "use lower-case letters, digits and underscores, a letter first, and no word of conditions")
            : experiment.IndexOf(name.Text) >= 0
            ? throw name.Place.Fault($"'{name.Text}' is a hyperparameter of '{experiment.Name}'", "give the derived value another name")
            : ReservedNames.Contains(name.Text)
            ? throw name.Place.Fault($"'{name.Text}' is a column of the results", "give the derived value another name")
            : name;

    private static YamlScalar Formula(YamlEntry entry) => entry.Value as YamlScalar is { Text.Length: > 0 } formula
        ? formula
        : throw entry.Value.Place.Fault($"'{entry.Name}' must be a formula, but {entry.Value.Shape} stands here", "write a text such as \"1 / noise ** 2\"");

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
