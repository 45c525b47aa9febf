using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads `figures`: a list of metrics, and of tables that say how one is drawn.</summary>
/// <param name="vocabulary">Hyperparameters and derived values.</param>
/// <param name="axes">The axes of the sweep.</param>
/// <param name="standard">The value of every hyperparameter where no axis gives one.</param>
internal sealed partial class FiguresReader(Vocabulary vocabulary, ImmutableArray<SweepAxis> axes, ImmutableArray<Value> standard)
{
    private const string Usage = "write [ name, name ], or { metric: name, kind: ..., x: ..., panels: ..., rows: ..., colour: ..., where: { depth: 4 } }";

    /// <summary>What tells the curves of one point apart.</summary>
    private static readonly string[] Parts = ["split", "component", "index", "member"];

    private static readonly string[] Keys =
    [
        "metric", "kind", "name", "split", "x", "y", "reduce", "baseline", "mark", "scale_by", "panels", "rows", "colour", "seeds", "log_x", "log_y", "where",
    ];

    /// <summary>The figures, all with different names.</summary>
    public ImmutableArray<FigureSpec> Read(YamlNode node)
    {
        if (node is not YamlList list)
        {
            throw node.Place.Fault($"'figures' must be a list of names, but {node.Shape} stands here", Usage);
        }

        var seen = new HashSet<string>();
        var specs = ImmutableArray.CreateBuilder<FigureSpec>();
        foreach (var item in list.Items)
        {
            var spec = One(item);
            specs.Add(seen.Add(spec.Name) ? spec : throw item.Place.Fault(
                $"'{spec.Name}' stands twice in 'figures'", "keep one of the two, or give one of them a `name`"));
        }

        return specs.ToImmutable();
    }

    /// <summary>One figure.</summary>
    public FigureSpec One(YamlNode node) => node switch
    {
        YamlScalar { Text.Length: > 0 } word => new FigureSpec(word.Text) { Place = word.Place.ToString() },
        YamlTable table => Table(table),
        _ => throw node.Place.Fault($"'figures' must be a list of names, but {node.Shape} stands in it", Usage),
    };

    private FigureSpec Table(YamlTable table)
    {
        if (table.Entries.FirstOrDefault(entry => !Keys.Contains(entry.Name)) is { } unknown)
        {
            throw unknown.Key.Place.Fault($"unknown key '{unknown.Name}' in a figure", NearestName.Remedy(unknown.Name, Keys));
        }

        YamlNode? Find(string key) => table.Entries.FirstOrDefault(entry => entry.Name == key)?.Value;
        string? Name(string key) => Find(key) is { } node ? Word(node, key).Text : null;
        string? Dimension(string key) => Find(key) is { } node ? DimensionOf(Word(node, key)) : null;
        bool? Flag(string key) => Find(key) is { } node ? Switch(node, key) : null;
        Reduction? Reduced(string key) => Find(key) is { } node ? ReductionOf(Word(node, key), key) : null;
        Reduction? Marked(string key) => Reduced(key) is not { } reduction || reduction is Reduction.Minimum or Reduction.Maximum ? Reduced(key)
            : throw Find(key)!.Place.Fault($"'{reduction}' cannot be marked", $"write `{key}: minimum` or `{key}: maximum`");
        if (Find("name") is { } name && !FileName().IsMatch(Word(name, "name").Text))
        {
            throw name.Place.Fault($"{name.Shape} cannot be the name of a file", "use letters, digits, hyphens and underscores");
        }

        var where = Find("where") is { } filters ? SectionsReader.Table(filters, "'where'").Entries.Select(Filter) : [];
        var split = Find("split") is { } part ? [new FigureFilter("split", [Word(part, "split").Text])] : (FigureFilter[])[];
        return new FigureSpec(Name("metric") ?? throw table.Place.Fault("a figure lacks 'metric'", Usage))
        {
            Kind = Name("kind"), GivenName = Name("name"), X = Dimension("x"), Y = Dimension("y"), Reduce = Reduced("reduce"), Mark = Marked("mark"),
            ScaleBy = Dimension("scale_by"), Baseline = Find("baseline") is { } held ? [.. SectionsReader.Table(held, "'baseline'").Entries.Select(One)] : [], Panels = Dimension("panels"), Rows = Dimension("rows"),
            Colour = Dimension("colour"), Seeds = Flag("seeds") ?? false, LogX = Flag("log_x"), LogY = Flag("log_y"),
            Where = [.. split, .. where], Place = table.Place.ToString(),
        };
    }

    private FigureFilter One(YamlEntry entry) => Filter(entry) is { Values.Length: 1 } filter
        ? filter
        : throw entry.Value.Place.Fault($"'baseline' takes one value of '{entry.Name}', but {entry.Value.Shape} stands here", $"write `baseline: {{ {entry.Name}: value }}`");

    private static Reduction ReductionOf(YamlScalar word, string key) => Reduction.Parse(word.Text)
        ?? throw word.Place.Fault($"'{word.Text}' is no number of a curve", $"`{key}` is one of {Reduction.Known}");

    private FigureFilter Filter(YamlEntry entry)
    {
        DimensionOf(entry.Key);
        var experiment = vocabulary.Experiment;
        var index = experiment.IndexOf(entry.Name);
        if (vocabulary.Derived(entry.Name) is { } derived)
        {
            return new FigureFilter(entry.Name, [.. Items(entry.Value).Select(item => ValueReader.Read(derived.Declared, item).ToString()!)]);
        }

        if (index < 0)
        {
            return new FigureFilter(entry.Name, [.. Items(entry.Value).Select(item => Word(item, entry.Name).Text)]);
        }

        var declared = experiment.Hyperparameters[index];
        var values = axes.Where(axis => axis.Hyperparameters.Contains(declared))
            .SelectMany(axis => axis.Entries.Select(row => row[axis.Hyperparameters.IndexOf(declared)])).Append(standard[index]).Distinct().ToArray();
        var isVector = declared.Kind == ValueKind.Vector && entry.Value is YamlList { Items: not [YamlList, ..] };
        return new FigureFilter(entry.Name, [.. (isVector ? [entry.Value] : Items(entry.Value)).Select(item =>
        {
            var value = ValueReader.Read(declared, item);
            return values.Contains(value)
                ? value.ToString()!
                : throw item.Place.Fault($"this sweep has no {declared.Name} = {value}", $"it has: {string.Join(", ", values.AsEnumerable())}");
        })]);
    }

    private static ImmutableArray<YamlNode> Items(YamlNode node) => node is YamlList list
        ? list.Items.IsEmpty ? throw node.Place.Fault("the list of values is empty", "name at least one value, or remove the entry") : list.Items
        : [node];

    private string DimensionOf(YamlScalar name) => vocabulary.Derived(name.Text) is { DependsOnSeed: true }
        ? throw name.Place.Fault($"'{name.Text}' depends on the seed, and a curve is the mean over seeds", "derive it from hyperparameters alone")
        : vocabulary.Experiment.IndexOf(name.Text) >= 0 || vocabulary.Derived(name.Text) is not null || Parts.Contains(name.Text)
        ? name.Text
        : throw name.Place.Fault(
            $"'{name.Text}' tells no curves apart", NearestName.Remedy(name.Text, [.. axes.SelectMany(axis => axis.Hyperparameters.Select(declared => declared.Name)), .. vocabulary.DerivedNames, .. Parts]));

    private static YamlScalar Word(YamlNode node, string key) => node as YamlScalar is { Text.Length: > 0 } word
        ? word
        : throw node.Place.Fault($"'{key}' must be a name, but {node.Shape} stands here", $"write `{key}: name`");

    private static bool Switch(YamlNode node, string key) => node is YamlScalar { Text: "true" or "false" } word
        ? word.Text == "true"
        : throw node.Place.Fault($"'{key}' must be true or false, but {node.Shape} stands here", $"write `{key}: true` or `{key}: false`");

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
