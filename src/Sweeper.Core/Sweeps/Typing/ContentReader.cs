using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Types a whole sweep file by its experiment's declarations.</summary>
internal sealed class ContentReader
{
    private const int DefaultLanes = 256;

    private readonly ExperimentDeclaration experiment;
    private readonly ImmutableArray<DerivedValue> derived;
    private readonly Vocabulary vocabulary;

    private ContentReader(ExperimentDeclaration experiment, YamlNode? derive)
    {
        this.experiment = experiment;
        derived = DeriveReader.Read(derive, experiment);
        vocabulary = new Vocabulary(experiment, derived);
    }

    /// <summary>Throws <see cref="Errors.SweepException"/> (usage) with place and remedy.</summary>
    public static SweepContent Read(SweepFile file, IExperimentCatalog catalog)
    {
        var experiment = catalog.Find(file.Experiment.Text) ?? throw file.Experiment.Place.Fault(
            $"there is no experiment '{file.Experiment.Text}'", NearestName.Remedy(file.Experiment.Text, catalog.All.Select(declared => declared.Name)));
        var sections = file.Sections;
        var reader = new ContentReader(experiment, sections.Derive);
        var own = reader.GridOf(sections);
        var members = (sections.Grids ?? []).Select(entry => (sections with { Grids = null, Name = entry.Name }).Under(entry)).ToList();
        var named = members.Prepend(sections).SelectMany(member => member.Named).DistinctBy(entry => entry.Name);
        var content = new SweepContent(
            file.Sweep,
            file.Profile,
            experiment,
            own,
            [.. members.Select(reader.GridOf)],
            reader.derived,
            ConditionReader.Exclusions(sections.Exclude, reader.vocabulary),
            ConditionReader.Conditions(sections.When, reader.vocabulary, own.Standard(experiment)),
            SeedsReader.Read(sections.Seeds),
            MeasureReader.Read(sections.Measure, experiment),
            sections.Lanes is { } lanes ? (int)ScalarReader.Whole(lanes, "'lanes'", 1, int.MaxValue) : DefaultLanes,
            [],
            sections.AllowFailed is { } allowed ? ScalarReader.Whole(allowed, "'allow_failed'", 0) : 0,
            OptionReader.DropsDivergedTrials(sections.Aggregate),
            OptionReader.Weights(sections.Keep),
            file.Notes,
            new PlacesOfNames(file.Experiment.Place, named.ToImmutableDictionary(entry => entry.Name, entry => entry.Key.Place)));
        return sections.Figures is { } figures ? content with { Figures = reader.FiguresOf(content, figures) } : content;
    }

    private ImmutableArray<FigureSpec> FiguresOf(SweepContent content, YamlNode figures) =>
        new FiguresReader(vocabulary, [.. content.Union.SelectMany(grid => grid.Axes)], content.Own.Standard(experiment)).Read(figures);

    private GridContent GridOf(SweepSections sections) => new(
        sections.Name?.Text,
        [.. sections.Fixed.Select(Constant).OrderBy(pair => experiment.IndexOf(pair.Declared.Name))],
        [.. sections.Grid.Select(Single).Concat(sections.Zip.Select(Group)).OrderBy(axis => experiment.IndexOf(axis.Hyperparameters[0].Name))]);

    private Hyperparameter Declared(YamlScalar name) => ConditionReader.Declared(name, vocabulary);

    private (Hyperparameter Declared, Value Value) Constant(YamlEntry entry)
    {
        var declared = Declared(entry.Key);
        return (declared, ValueReader.Read(declared, entry.Value));
    }

    private SweepAxis Single(YamlEntry entry)
    {
        var declared = Declared(entry.Key);
        var values = AxisReader.Read(declared, entry.Value);
        return Distinct(new SweepAxis([declared], [.. values.Select(value => ImmutableArray.Create(value.Value))]), values);
    }

    private (SourcePlace Place, Hyperparameter Declared, ImmutableArray<(Value Value, SourcePlace Place)> Values) Column(YamlEntry entry)
    {
        var declared = Declared(entry.Key);
        return (entry.Key.Place, declared, AxisReader.Read(declared, entry.Value));
    }

    private SweepAxis Group(ImmutableArray<YamlEntry> entries)
    {
        var columns = entries.Select(Column).OrderBy(column => experiment.IndexOf(column.Declared.Name)).ToArray();
        var first = columns[0];
        if (columns.FirstOrDefault(column => column.Values.Length != first.Values.Length) is { Declared: not null } other)
        {
            throw other.Place.Fault(
                $"zipped axes must be equally long, but '{first.Declared.Name}' has {first.Values.Length} values and '{other.Declared.Name}' has {other.Values.Length}",
                "pair every value, or move one of the names to 'grid'");
        }

        return Distinct(
            new SweepAxis(
                [.. columns.Select(column => column.Declared)],
                [.. Enumerable.Range(0, first.Values.Length).Select(row => columns.Select(column => column.Values[row].Value).ToImmutableArray())]),
            first.Values);
    }

    private static SweepAxis Distinct(SweepAxis axis, ImmutableArray<(Value, SourcePlace Place)> values)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < axis.Count; i++)
        {
            var names = string.Join(", ", axis.Hyperparameters.Select(declared => $"'{declared.Name}'"));
            var entry = string.Join(", ", axis.Entries[i]);
            if (!seen.Add(entry))
            {
                throw values[i].Place.Fault($"the axis of {names} has the value {entry} twice", "keep one of the two: every point of a sweep is a different one");
            }
        }

        return axis;
    }
}
