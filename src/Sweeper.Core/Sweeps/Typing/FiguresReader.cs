using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Core.Sweeps.Space;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads `figures`: a list of metrics, and of tables that say how one is drawn.</summary>
/// <param name="vocabulary">Hyperparameters and derived values.</param>
/// <param name="grids">What the sweep is the union of.</param>
/// <param name="conditions">Where names do not vary.</param>
/// <param name="unread">Hyperparameters whose values are at fault: what is said of these cannot be checked.</param>
/// <param name="faults">Where faults are noted.</param>
internal sealed partial class FiguresReader(
    Vocabulary vocabulary, ImmutableArray<GridContent> grids, ImmutableArray<Condition> conditions, IReadOnlySet<string> unread,
    Faults faults)
{
    private const string Usage =
        "write [ name, name ], or { metric: name, kind: ..., x: ..., panels: ..., rows: ..., colour: ..., where: { depth: 4 } }";

    /// <summary>What tells the curves of one point apart.</summary>
    private static readonly string[] Parts = ["split", "component", "index", "member"];

    private static readonly string[] Keys =
    [
        "metric", "source", "kind", "name", "split", "x", "y", "reduce", "mean", "spread", "baseline", "mark", "bin", "scale_by", "panels",
        "rows", "colour", "seeds", "log_x", "log_y", "where",
    ];

    /// <summary>The figures, all with different names, without those at fault.</summary>
    public ImmutableArray<FigureSpec> Read(YamlNode node)
    {
        var seen = new HashSet<string>();
        return faults.Each(
            faults.List(() => node is YamlList list ? list.Items
                : throw node.Place.Fault($"'figures' must be a list of names, but {node.Shape} stands here", Usage)),
            item => One(item) is var spec && seen.Add(spec.Name)
                ? spec
                : throw item.Place.Fault($"'{spec.Name}' stands twice in 'figures'", "keep one of the two, or give one of them a `name`"));
    }

    /// <summary>Throws for a figure of a metric that no rule measures.</summary>
    public static void RefuseUnmeasured(FigureSpec figure, ExperimentDeclaration experiment, ImmutableArray<MeasureRule> rules)
    {
        var measured = rules.SelectMany(rule => rule.Metrics).Select(metric => metric.Name).Distinct().Order(StringComparer.Ordinal)
            .ToList();
        if (!measured.Contains(figure.Metric))
        {
            throw experiment.Metrics.Any(metric => metric.Name == figure.Metric)
                ? figure.At!.Fault($"figure '{figure.Name}' needs the metric '{figure.Metric}', which is not measured",
                    $"add '{figure.Metric}' under `measure`")
                : figure.At!.Fault($"unknown figure '{figure.Metric}'",
                    NearestName.Find(figure.Metric, measured) is { } near ? $"did you mean '{near}'?"
                    : $"a figure is named like a measured metric: {string.Join(", ", measured)}");
        }
    }

    /// <summary>One figure. Parts of it that are at fault are noted and left out.</summary>
    public FigureSpec One(YamlNode node) => node switch
    {
        YamlScalar { Text.Length: > 0 } word => new FigureSpec(word.Text) { At = word.Place },
        YamlTable table => Table(table),
        _ => throw node.Place.Fault($"'figures' must be a list of names, but {node.Shape} stands in it", Usage),
    };

    private FigureSpec Table(YamlTable table)
    {
        faults.Each(table.Entries, entry => Keys.Contains(entry.Name) ? entry
            : throw entry.Key.Place.Fault($"unknown key '{entry.Name}' in a figure", NearestName.Remedy(entry.Name, Keys)));
        T? Part<T>(string key, Func<YamlNode, T> read) =>
            table.Entries.FirstOrDefault(entry => entry.Name == key) is { } entry ? faults.Try(() => read(entry.Value)) : default;
        string? Name(string key) => Part(key, node => Word(node, key).Text);
        var drawn = Name("metric");
        var metric = vocabulary.Experiment.Metrics.FirstOrDefault(declared => declared.Name == drawn);
        string? Dimension(string key) => Part(key, node => DimensionOf(Word(node, key), metric));
        bool? Flag(string key) => Part<bool?>(key, node => Switch(node, key));
        var name = Part("name", node => FileName().IsMatch(Word(node, "name").Text) ? Word(node, "name").Text
            : throw node.Place.Fault($"{node.Shape} cannot be the name of a file", "use letters, digits, hyphens and underscores"));
        var where = Part("where", node => faults.Each(SectionsReader.Table(node, "'where'").Entries, entry => Filter(entry, metric))
            .AsEnumerable()) ?? [];
        var split = Part("split", node => new FigureFilter("split", [Word(node, "split").Text]));
        return new FigureSpec(drawn
            ?? throw (table.Entries.Any(entry => entry.Name == "metric") || table.HasMisspelt("metric", Keys)
            ? table.Place.Consequence()
            : table.Place.Fault("a figure lacks 'metric'", Usage)))
        {
            Source = Part("source", SourceOf), Kind = Name("kind"), GivenName = name, X = Dimension("x"), Y = Dimension("y"),
            Reduce = Part("reduce", node => ReductionOf(Word(node, "reduce"))),
            IsGeometric = Part("mean", IsGeometric), IsVariance = Part("spread", IsVariance), Mark = Part("mark", Marked),
            Bin = Part("bin", BinOf), ScaleBy = Dimension("scale_by"),
            Baseline = Part<IEnumerable<FigureFilter>>("baseline",
                node => faults.Each(SectionsReader.Table(node, "'baseline'").Entries, entry => One(entry, metric))) is { } held
                ? [.. held] : [],
            Panels = Dimension("panels"), Rows = Dimension("rows"),
            Colour = Dimension("colour"), Seeds = Flag("seeds") ?? false, LogX = Flag("log_x"), LogY = Flag("log_y"),
            Where = [.. split is null ? [] : (FigureFilter[])[split], .. where], At = table.Place,
        };
    }

    private FigureFilter One(YamlEntry entry, MetricDeclaration? metric) => Filter(entry, metric) is { Values.Length: 1 } filter
        ? filter
        : throw entry.Value.Place.Fault(
            $"'baseline' takes one value of '{entry.Name}', but {entry.Value.Shape} stands here",
            $"write `baseline: {{ {entry.Name}: value }}`");

    private static MeasurementSource SourceOf(YamlNode node) => SourceNames.Find(Word(node, "source").Text)
        ?? throw node.Place.Fault($"{node.Shape} is no source of numbers", $"`source` is one of {string.Join(", ", SourceNames.All)}");

    private static Reduction Marked(YamlNode node) =>
        Reduction.Parse(Word(node, "mark").Text) is (Reduction.Minimum or Reduction.Maximum) and var reduction ? reduction
        : throw node.Place.Fault($"{node.Shape} cannot be marked", "write `mark: minimum` or `mark: maximum`");

    private static double? BinOf(YamlNode node) =>
        double.TryParse(Word(node, "bin").Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var width) && width > 0
        && double.IsFinite(width)
            ? width : throw node.Place.Fault($"{node.Shape} is no width of a bin", "write a positive number: `bin: 0.2`");

    private static bool IsGeometric(YamlNode node) => Word(node, "mean").Text switch
    {
        "geometric" => true,
        "arithmetic" => false,
        _ => throw node.Place.Fault($"{node.Shape} is no mean", "write `mean: geometric`, or leave it out for the arithmetic mean"),
    };

    private static bool IsVariance(YamlNode node) => Word(node, "spread").Text == "variance" ? true
        : throw node.Place.Fault($"{node.Shape} is no spread", "write `spread: variance`, or leave it out for the mean");

    private static Reduction ReductionOf(YamlScalar word) => Reduction.Parse(word.Text)
        ?? throw word.Place.Fault($"'{word.Text}' is no number of a curve", NearestName.Find(word.Text, Reduction.Words) is { } near
            ? $"did you mean '{near}'?" : $"`reduce` is one of {Reduction.Known}");

    private FigureFilter Filter(YamlEntry entry, MetricDeclaration? metric)
    {
        DimensionOf(entry.Key, metric);
        var experiment = vocabulary.Experiment;
        var index = experiment.IndexOf(entry.Name);
        if (vocabulary.Derived(entry.Name) is { } derived)
        {
            return new FigureFilter(entry.Name,
                [.. Items(entry.Value).Select(item => ValueReader.Read(derived.Declared, item).ToString()!)]);
        }

        if (index < 0)
        {
            return new FigureFilter(entry.Name, [.. Items(entry.Value).Select(item => Word(item, entry.Name).Text)]);
        }

        var declared = experiment.Hyperparameters[index];
        var values = grids.SelectMany(grid => ValuesIn(grid, declared)).Distinct().ToArray();
        var isVector = declared.Kind == ValueKind.Vector && entry.Value is YamlList { Items: not [YamlList, ..] };
        return new FigureFilter(entry.Name, [.. (isVector ? [entry.Value] : Items(entry.Value)).Select(item =>
        {
            var value = ValueReader.Read(declared, item);
            return values.Contains(value) || unread.Contains(declared.Name)
                ? value.ToString()!
                : throw item.Place.Fault(
                    $"this sweep has no {declared.Name} = {value}", $"it has: {string.Join(", ", values.AsEnumerable())}");
        })]);
    }

    /// <summary>Those of its axis, and the one that it has where it does not vary.</summary>
    private IEnumerable<Value> ValuesIn(GridContent grid, Hyperparameter declared)
    {
        var varied = grid.Axes.Where(axis => axis.Hyperparameters.Contains(declared))
            .SelectMany(axis => axis.Entries.Select(row => row[axis.Hyperparameters.IndexOf(declared)])).ToList();
        return varied.Count == 0 ? [grid.Standard(vocabulary.Experiment)[vocabulary.Experiment.IndexOf(declared.Name)]]
            : varied.Concat(conditions.Where(condition => condition.Declared == declared).Select(condition => condition.Elsewhere));
    }

    private static ImmutableArray<YamlNode> Items(YamlNode node) => node is YamlList list
        ? list.Items.IsEmpty
            ? throw node.Place.Fault("the list of values is empty", "name at least one value, or remove the entry") : list.Items
        : [node];

    private string DimensionOf(YamlScalar name, MetricDeclaration? metric) =>
        vocabulary.Broken.Contains(name.Text) ? throw name.Place.Consequence()
        : vocabulary.Derived(name.Text) is { DependsOnSeed: true }
        ? throw name.Place.Fault($"'{name.Text}' depends on the seed, and a curve is the mean over seeds",
            "derive it from hyperparameters alone")
        : vocabulary.Experiment.IndexOf(name.Text) >= 0 || vocabulary.Derived(name.Text) is not null || Parts.Contains(name.Text)
        ? name.Text
        : throw name.Place.Fault($"'{name.Text}' tells no curves apart", Meant(name.Text, metric));

    /// <summary>
    /// The part of the metric that figures call by this name; else what tells this sweep's curves apart; where nothing of it is near, a
    /// hyperparameter that is.
    /// </summary>
    private string Meant(string misspelt, MetricDeclaration? metric)
    {
        if (metric?.Dimensions.FirstOrDefault(dimension => dimension.Name == misspelt.Replace('_', ' ')) is { } called)
        {
            return $"did you mean '{PartOf(called)}'? it is what figures call '{called.Name}'";
        }

        var known = Dimensions(metric).ToList();
        return NearestName.Remedy(misspelt, NearestName.Find(misspelt, known) is null
            && NearestName.Find(misspelt, vocabulary.Experiment.Hyperparameters.Select(declared => declared.Name)) is { } near
                ? [near]
                : known);
    }

    /// <summary>What may be there to tell the curves of a metric apart; of an unknown one, any part.</summary>
    private IEnumerable<string> Dimensions(MetricDeclaration? metric) =>
    [
        .. grids.SelectMany(grid => grid.Axes).SelectMany(axis => axis.Hyperparameters).Select(declared => declared.Name).Distinct(),
        .. unread.Where(name => vocabulary.Experiment.IndexOf(name) >= 0), .. vocabulary.DerivedNames,
        .. Parts.Where(part => metric is null || metric.Dimensions.Any(dimension => PartOf(dimension) == part)
            || (part == "member" && vocabulary.Experiment.HasMembers)),
    ];

    private static string PartOf(MetricDimension dimension) => dimension.Column.ToString().ToLowerInvariant();

    private static YamlScalar Word(YamlNode node, string key) => node as YamlScalar is { Text.Length: > 0 } word
        ? word
        : throw node.Place.Fault($"'{key}' must be a name, but {node.Shape} stands here", $"write `{key}: name`");

    private static bool Switch(YamlNode node, string key) => node is YamlScalar { Text: "true" or "false" } word
        ? word.Text == "true"
        : throw node.Place.Fault($"'{key}' must be true or false, but {node.Shape} stands here", $"write `{key}: true` or `{key}: false`");

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
