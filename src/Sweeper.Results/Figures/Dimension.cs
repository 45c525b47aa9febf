using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Figures;

/// <summary>Something that tells curves apart: an axis of the sweep, or split, component, index, member of a metric.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Labels">Its values.</param>
/// <param name="IsOrdered">Whether they are numbers in ascending order.</param>
/// <param name="Standard">The value that stands for it where it is not shown.</param>
/// <param name="StandardReason">Why that one: `default` or `first`.</param>
internal sealed record Dimension(string Name, ImmutableArray<string> Labels, bool IsOrdered, int Standard, string StandardReason)
{
    /// <summary>Number of values.</summary>
    public int Count => Labels.Length;

    /// <summary>Name with blanks.</summary>
    public string Title => Name.Replace('_', ' ');

    /// <summary>An axis of a sweep.</summary>
    public static Dimension Of(SweepAxis axis)
    {
        var numbers = axis.Hyperparameters.Length == 1 ? axis.Entries.Select(entry => Number(entry[0])).ToArray() : [];
        var standard = axis.Entries.IndexOf([.. axis.Hyperparameters.Select(declared => declared.Default)], EntryComparer.Instance);
        return new Dimension(
            string.Join(", ", axis.Hyperparameters.Select(declared => declared.Name)), Distinct(axis.Entries),
            numbers.Length > 0 && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second),
            Math.Max(standard, 0), standard >= 0 ? "default" : "first");
    }

    /// <summary>A part of a metric.</summary>
    public static Dimension Of<T>(string name, IEnumerable<T> values)
        where T : IComparable<T> => new(
            name, [.. values.Distinct().Order().Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}"))], typeof(T) == typeof(int), 0, "first");

    /// <summary>At most <paramref name="limit"/> values, evenly spread, first and last among them.</summary>
    public ImmutableArray<int> Spread(int limit) => Count <= limit
        ? [.. Enumerable.Range(0, Count)]
        : [.. Enumerable.Range(0, limit).Select(i => (int)Math.Round(i * (Count - 1.0) / (limit - 1), MidpointRounding.AwayFromZero))];

    private static ImmutableArray<string> Distinct(ImmutableArray<ImmutableArray<Value>> entries)
    {
        ImmutableArray<string> brief = [.. entries.Select(entry => string.Join(", ", entry.Select(Brief)))];
        return brief.Distinct().Count() == brief.Length ? brief : [.. entries.Select(entry => string.Join(", ", entry))];
    }

    private static string Brief(Value value) => value switch
    {
        Value.Real real => NumberLabel.Of(real.Number),
        Value.Vector vector => "[" + string.Join(", ", vector.Numbers.Select(NumberLabel.Of)) + "]",
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
