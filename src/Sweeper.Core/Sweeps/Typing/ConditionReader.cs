using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Core.Sweeps.Space;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads `exclude`, a list of conditions, and `when`, a condition for each of some names.</summary>
internal static class ConditionReader
{
    private const int MostConditions = 8;

    /// <summary>The conditions under which a trial is left out.</summary>
    public static ImmutableArray<Predicate> Exclusions(YamlNode? node, Vocabulary vocabulary, Faults faults) =>
        node is null ? [] : faults.Each(
        faults.List(() => node is YamlList list ? list.Items
            : throw node.Place.Fault($"'exclude' must be a list of conditions, but {node.Shape} stands here",
                "write [ \"depth == 8 and weight_decay > 1e-3\" ]")),
        item => Predicate.Read(item, "an entry of 'exclude'", vocabulary));

    /// <summary>Where hyperparameters vary, and the value that each has elsewhere, in the order of the declaration.</summary>
    public static ImmutableArray<Condition> Conditions(YamlNode? node, Vocabulary vocabulary, ImmutableArray<Value> standard, Faults faults)
    {
        if (node is null)
        {
            return [];
        }

        var entries = faults.List(() => SectionsReader.Table(node, "'when'").Entries);
        if (entries.Length > MostConditions)
        {
            throw entries[MostConditions].Key.Place.Fault($"'when' has more than {MostConditions} names", "split the sweep with 'grids'");
        }

        return Acyclic(entries, [.. faults.Each(entries, entry => One(entry, vocabulary, standard)).OrderBy(condition => condition.Slot)]);
    }

    /// <summary>Names that decide of one another have no value to begin with, or several that fit.</summary>
    private static ImmutableArray<Condition> Acyclic(ImmutableArray<YamlEntry> entries, ImmutableArray<Condition> conditions)
    {
        var decides = conditions.ToDictionary(condition => condition.Declared.Name, condition => condition.Predicate.Names.AsEnumerable());
        return Cycles.First(entries.Select(entry => entry.Name), name => decides.GetValueOrDefault(name, [])) is { } cycle
            ? throw entries.First(entry => entry.Name == cycle[0]).Key.Place.Fault(
                $"'when' decides of {Cycles.Describe(cycle)} by one another",
                "let one of them depend on other names only, or leave combinations out with 'exclude'")
            : conditions;
    }

    /// <summary>The hyperparameter of this name.</summary>
    public static Hyperparameter Declared(YamlScalar name, Vocabulary vocabulary)
    {
        var experiment = vocabulary.Experiment;
        return experiment.IndexOf(name.Text) is >= 0 and var index ? experiment.Hyperparameters[index]
            : throw (vocabulary.Broken.Contains(name.Text) ? name.Place.Consequence()
                : vocabulary.Derived(name.Text) is { } derived
                ? name.Place.Fault($"'{name.Text}' is derived, so it cannot be set",
                    $"set what it is derived from: {string.Join(", ", derived.Names)}")
                : name.Place.Fault(
                    $"experiment '{experiment.Name}' has no hyperparameter '{name.Text}'",
                    NearestName.Remedy(name.Text, experiment.Hyperparameters.Select(declared => declared.Name))));
    }

    private static Condition One(YamlEntry entry, Vocabulary vocabulary, ImmutableArray<Value> standard)
    {
        var declared = Declared(entry.Key, vocabulary);
        var predicate = Predicate.Read(entry.Value, $"'when' of '{declared.Name}'", vocabulary);
        var slot = vocabulary.Experiment.IndexOf(declared.Name);
        return predicate.Names.Contains(Vocabulary.Seed)
            ? throw entry.Value.Place.Fault(
                "'when' cannot depend on the seed: all seeds of a point share its values", "leave out single trials with 'exclude'")
            : predicate.Names.Contains(declared.Name)
            ? throw entry.Value.Place.Fault(
                $"'when' of '{declared.Name}' depends on '{declared.Name}' itself",
                "name the hyperparameters that decide whether it matters")
            : new Condition(declared, slot, standard[slot], predicate);
    }
}
