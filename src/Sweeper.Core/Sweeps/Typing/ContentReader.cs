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

    /// <summary>Values of all axes together, those of every grid of a union: what is read before the size of the sweep is known.</summary>
    private const int MostValues = 1_000_000;

    private readonly ExperimentDeclaration experiment;
    private readonly Vocabulary vocabulary;
    private readonly Faults faults;
    private readonly HashSet<string> unread = [];
    private int valueCount;
    private bool isTooMuch;

    private ContentReader(ExperimentDeclaration experiment, YamlNode? derive, Faults faults)
    {
        this.experiment = experiment;
        this.faults = faults;
        vocabulary = DeriveReader.Read(derive, experiment, faults);
    }

    /// <summary>
    /// Throws <see cref="Errors.SweepException"/> (usage) with place and remedy: for all faults of the file together, those that
    /// were met before it was typed among them.
    /// </summary>
    public static SweepContent Read(SweepFile file, IExperimentCatalog catalog, Action<FigureSpec>? checkFigure)
    {
        var faults = file.Faults;
        var experiment = file.Experiment is { } named ? faults.Try(() => Find(named, catalog)) : null;
        if (experiment is null)
        {
            // Nothing can be typed.
            faults.ThrowIfAny();
        }

        return new ContentReader(experiment!, file.Sections[SweepKeys.Derive], faults).Read(file, checkFigure);
    }

    private SweepContent Read(SweepFile file, Action<FigureSpec>? checkFigure)
    {
        var sections = file.Sections;
        var own = GridOf(sections);
        var members = (sections.Grids ?? []).Select(entry => (sections with { Grids = null, Name = entry.Name }).Under(entry)).ToList();
        ImmutableArray<GridContent> grids = [.. members.Select(GridOf)];
        var exclusions = ConditionReader.Exclusions(sections[SweepKeys.Exclude], vocabulary, faults);
        var conditions = faults.List(() => ConditionReader.Conditions(
            sections[SweepKeys.When], vocabulary, own.Standard(experiment), faults));
        var seeds = faults.List(() => SeedsReader.Read(sections[SweepKeys.Seeds], faults));
        var measure = MeasureReader.Read(sections[SweepKeys.Measure], experiment, faults);
        var lanes = faults.Try(() => sections[SweepKeys.Lanes] is { } most
            ? (int)ScalarReader.Whole(most, "'lanes'", 1, int.MaxValue)
            : DefaultLanes);
        var allowed = faults.Try(() => sections[SweepKeys.AllowFailed] is { } failed ? ScalarReader.Whole(failed, "'allow_failed'", 0) : 0);
        var drops = faults.Try(() => OptionReader.DropsDivergedTrials(sections[SweepKeys.Aggregate]));
        var kept = faults.Try(() => OptionReader.Weights(sections[SweepKeys.Keep]));
        var figures = sections[SweepKeys.Figures] is { } node
            ? new FiguresReader(vocabulary, SweepContent.UnionOf(own, grids), conditions, unread, faults).Read(node)
            : [];
        var isMeasureRead = sections[SweepKeys.Measure] is not YamlList rules || rules.Items.Length == measure.Length;
        var claims = new ClaimsReader(experiment, isMeasureRead ? measure : null, faults).Read(sections[SweepKeys.Expect]);
        var source = SourceReader.Read(sections[SweepKeys.Paper], sections[SweepKeys.Chosen], experiment, faults);
        if (checkFigure is not null)
        {
            faults.Each(figures, figure => Checked(figure, isMeasureRead ? measure : null, checkFigure));
        }

        faults.ThrowIfAny();
        var named = members.Prepend(sections).SelectMany(member => member.Named).DistinctBy(entry => entry.Name);
        return new SweepContent(
            file.Sweep, file.Profile, experiment, own, grids, vocabulary.DerivedValues, exclusions, conditions, seeds, measure, lanes,
            figures, claims, source, allowed, drops, kept,
            file.Notes,
            new PlacesOfNames(file.Experiment!.Place, named.ToImmutableDictionary(entry => entry.Name, entry => entry.Key.Place)));
    }

    /// <summary>A figure of a metric that is measured, where it is known which are, and that can be drawn.</summary>
    private FigureSpec Checked(FigureSpec figure, ImmutableArray<MeasureRule>? measured, Action<FigureSpec> check)
    {
        if (measured is not null)
        {
            FiguresReader.RefuseUnmeasured(figure, experiment, measured.Value);
        }

        try
        {
            check(figure);
            return figure;
        }
        catch (Errors.SweepException fault)
        {
            throw fault.Placed(figure.At);
        }
    }

    private static ExperimentDeclaration Find(YamlScalar name, IExperimentCatalog catalog) =>
        catalog.Find(name.Text) ?? throw name.Place.Fault(
        $"there is no experiment '{name.Text}'", NearestName.Remedy(name.Text, catalog.All.Select(declared => declared.Name)));

    private GridContent GridOf(SweepSections sections) => new(
        sections.Name?.Text,
        [.. faults.Each(sections.Fixed, Constant).OrderBy(pair => experiment.IndexOf(pair.Declared.Name))],
        [
            .. faults.Each(sections.Grid, Single).Concat(faults.Each(sections.Zip, Group)).OfType<SweepAxis>()
                .OrderBy(axis => experiment.IndexOf(axis.Hyperparameters[0].Name)),
        ]);

    private Hyperparameter Declared(YamlScalar name) => ConditionReader.Declared(name, vocabulary);

    private (Hyperparameter Declared, Value Value) Constant(YamlEntry entry)
    {
        unread.Add(entry.Name);
        var declared = Declared(entry.Key);
        var value = ValueReader.Read(declared, entry.Value);
        unread.Remove(entry.Name);
        return (declared, value);
    }

    private SweepAxis? Single(YamlEntry entry)
    {
        var (_, declared, values) = Column(entry);
        return values.IsEmpty ? null
            : Distinct(new SweepAxis([declared], [.. values.Select(value => ImmutableArray.Create(value.Value))]), values);
    }

    /// <summary>The values of one name; none where one of them is at fault.</summary>
    private (SourcePlace Place, Hyperparameter Declared, ImmutableArray<(Value Value, SourcePlace Place)> Values) Column(YamlEntry entry)
    {
        unread.Add(entry.Name);
        var declared = Declared(entry.Key);
        if (isTooMuch)
        {
            throw entry.Key.Place.Consequence();
        }

        if (valueCount > MostValues)
        {
            isTooMuch = true;
            throw entry.Key.Place.Fault($"the axes of the sweep have more than {MostValues} values, those of all grids together",
                "use fewer values, or fewer grids");
        }

        var values = AxisReader.Read(declared, entry.Value, faults);
        valueCount += values.Length;
        if (!values.IsEmpty)
        {
            unread.Remove(entry.Name);
        }

        return (entry.Key.Place, declared, values);
    }

    private SweepAxis? Group(ImmutableArray<YamlEntry> entries)
    {
        var columns = faults.Each(entries, Column).OrderBy(column => experiment.IndexOf(column.Declared.Name)).ToArray();
        if (columns.Length < entries.Length || columns.Any(column => column.Values.IsEmpty))
        {
            return null;
        }

        var first = columns[0];
        if (columns.FirstOrDefault(column => column.Values.Length != first.Values.Length) is { Declared: not null } other)
        {
            throw other.Place.Fault(
                $"zipped axes must be equally long, but '{first.Declared.Name}' has {first.Values.Length} values and "
                + $"'{other.Declared.Name}' has {other.Values.Length}",
                "pair every value, or move one of the names to 'grid'");
        }

        return Distinct(
            new SweepAxis(
                [.. columns.Select(column => column.Declared)],
                [.. Enumerable.Range(0, first.Values.Length)
                    .Select(row => columns.Select(column => column.Values[row].Value).ToImmutableArray())]),
            first.Values);
    }

    private SweepAxis Distinct(SweepAxis axis, ImmutableArray<(Value, SourcePlace Place)> values)
    {
        var names = string.Join(", ", axis.Hyperparameters.Select(declared => $"'{declared.Name}'"));
        var seen = new HashSet<string>();
        faults.Each(Enumerable.Range(0, axis.Count), row => seen.Add(string.Join(", ", axis.Entries[row])) ? row
            : throw values[row].Place.Fault(
            $"the axis of {names} has the value {string.Join(", ", axis.Entries[row])} twice",
            "keep one of the two: every point of a sweep is a different one"));
        return axis;
    }
}
