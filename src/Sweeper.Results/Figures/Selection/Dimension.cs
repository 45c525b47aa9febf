using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Results.Figures.Scales;

namespace Sweeper.Results.Figures.Selection;

/// <summary>Something that tells curves apart: an axis of the sweep, or split, component, index, member of a metric.</summary>
/// <param name="Names">As in the file; several for zipped hyperparameters.</param>
/// <param name="Entries">[values, names]: all values, in full.</param>
/// <param name="Labels">The values, in short.</param>
/// <param name="Numbers">The values as numbers; NaN where they are none.</param>
/// <param name="Standard">Position of the value that stands for it where it is not shown.</param>
/// <param name="StandardReason">Why that one: `default`, `first` or `asked for`.</param>
/// <param name="IsAxis">Whether it is an axis of the sweep.</param>
internal sealed record Dimension(
    ImmutableArray<string> Names, ImmutableArray<ImmutableArray<string>> Entries, ImmutableArray<string> Labels,
    ImmutableArray<double> Numbers, int Standard, string StandardReason, bool IsAxis)
{
    private readonly string? title;
    private readonly ImmutableArray<int> occupied;

    /// <summary>The values that may be shown; all where nothing else is asked for.</summary>
    public ImmutableArray<int> Positions { get; private init; } = [.. Enumerable.Range(0, Entries.Length)];

    /// <summary>Whether the figure names the values that it shows of it.</summary>
    public bool IsLimited { get; private init; }

    /// <summary>Those of them that have curves; all where nothing else is said.</summary>
    public ImmutableArray<int> Occupied
    {
        get => occupied.IsDefault ? Positions : occupied;
        init => occupied = value;
    }

    /// <summary>Number of values that may be shown.</summary>
    public int Count => Positions.Length;

    /// <summary>Whether a name in a sweep file means it: the one place where figures resolve names.</summary>
    public bool IsNamed(string name) => Names.Contains(name);

    /// <summary>Names in one word.</summary>
    public string Name => string.Join(", ", Names);

    /// <summary>Name in figures: with blanks, and for an index what it counts.</summary>
    public string Title
    {
        get => title ?? string.Join(", ", Names.Select(Spelling.Of));
        init => title = value;
    }

    /// <summary>`depth = 4`; a part that is a word says enough by itself.</summary>
    public string Describe(int position) => !IsAxis && !IsNumeric ? Labels[position] : $"{Title} = {Labels[position]}";

    /// <summary>Whether its values are numbers.</summary>
    public bool IsNumeric => Numbers.All(double.IsFinite);

    /// <summary>Whether its values are numbers in ascending order.</summary>
    public bool IsOrdered => IsNumeric && Numbers.Zip(Numbers.Skip(1)).All(pair => pair.First < pair.Second);

    /// <summary>An axis of a sweep.</summary>
    public static Dimension Of(SweepAxis axis)
    {
        var standard = axis.Entries.IndexOf([.. axis.Hyperparameters.Select(declared => declared.Default)], EntryComparer.Instance);
        return new Dimension(
            [.. axis.Hyperparameters.Select(declared => declared.Name)],
            [.. axis.Entries.Select(entry => entry.Select(value => value.ToString()!).ToImmutableArray())], Distinct(axis.Entries),
            [.. axis.Entries.Select(entry => entry.Length == 1 ? Number(entry[0]) : double.NaN)], Math.Max(standard, 0),
            standard >= 0 ? "default" : "first", IsAxis: true);
    }

    /// <summary>A derived value, in the order of its values.</summary>
    public static Dimension Of(DerivedValue derived, IEnumerable<Value> values)
    {
        ImmutableArray<ImmutableArray<Value>> entries = [.. values.Select(value => ImmutableArray.Create(value))];
        return new Dimension(
            [derived.Name], [.. entries.Select(entry => ImmutableArray.Create(entry[0].ToString()!))], Distinct(entries),
            [.. entries.Select(entry => Number(entry[0]))],
            0, "first", IsAxis: true);
    }

    /// <summary>A part of a metric, its values in order.</summary>
    public static Dimension Of<T>(string name, IEnumerable<T> values)
    {
        ImmutableArray<string> labels = [.. values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}"))];
        return new Dimension(
            [name], [.. labels.Select(label => ImmutableArray.Create(label))], labels,
            [.. values.Select(value => value is int number ? number : double.NaN)], 0, "first", IsAxis: false);
    }

    /// <summary>Only these values of one of its names.</summary>
    public Dimension Limit(FigureFilter filter)
    {
        var column = Names.IndexOf(filter.Dimension);
        ImmutableArray<int> left = [.. Positions.Where(position => filter.Values.Contains(Entries[position][column]))];
        return this with
        {
            Positions = left,
            IsLimited = true,
            Standard = left.Contains(Standard) ? Standard : left.FirstOrDefault(),
            StandardReason = left.Length == 1 ? filter.IsUsual ? "usual" : "asked for" : left.Contains(Standard) ? StandardReason : "first",
        };
    }

    /// <summary>Only the value that is usual where none is asked for, or the first.</summary>
    public Dimension Usual(string value)
    {
        var usual = Positions.FirstOrDefault(position => Entries[position][0] == value, Positions[0]);
        return this with { Positions = [usual], Standard = usual, StandardReason = "usual" };
    }

    /// <summary>Without one value: others are compared with it.</summary>
    public Dimension Without(int position) => Positions.Remove(position) is var left && left.Contains(Standard)
        ? this with { Positions = left }
        : this with { Positions = left, Standard = left.FirstOrDefault(), StandardReason = "first" };

    /// <summary>
    /// At most <paramref name="limit"/> values that have curves: the first of a ranking, groups before single pairs of networks, else
    /// evenly spread, first and last among them.
    /// </summary>
    public ImmutableArray<int> Spread(int limit) => Occupied.Length <= limit ? Occupied
        : Name == "index" || (Name == "component" && Labels.Any(label => label is [>= '0' and <= '9', ..])) ? Occupied[..limit]
        : [.. Enumerable.Range(0, limit)
            .Select(i => Occupied[(int)Math.Round(i * (Occupied.Length - 1.0) / (limit - 1), MidpointRounding.AwayFromZero)])];

    private static ImmutableArray<string> Distinct(ImmutableArray<ImmutableArray<Value>> entries)
    {
        ImmutableArray<string> brief = [.. entries.Select(entry => string.Join(", ", entry.Select(Brief)))];
        return brief.Distinct().Count() == brief.Length ? brief : [.. entries.Select(entry => string.Join(", ", entry))];
    }

    private static string Brief(Value value) => value switch
    {
        Value.Real real => NumberLabel.Of(real.Number),
        Value.Vector vector => "[" + string.Join(", ", vector.Numbers.Select(number => NumberLabel.Of(number))) + "]",
        _ => value.ToString()!,
    };

    private static double Number(Value value) => value switch
    {
        Value.Integer integer => integer.Number,
        Value.Real real => real.Number,
        _ => double.NaN,
    };

    private sealed class EntryComparer : IEqualityComparer<ImmutableArray<Value>>
    {
        public static EntryComparer Instance { get; } = new();

        public bool Equals(ImmutableArray<Value> left, ImmutableArray<Value> right) => left.SequenceEqual(right);

        public int GetHashCode(ImmutableArray<Value> entry) => entry.Length;
    }
}
