using Sweeper.Bench.Results;

namespace Sweeper.Bench.Measuring;

/// <summary>Several things measured in turn, round by round, so that what disturbs the machine disturbs all of them.</summary>
internal sealed class Rounds
{
    /// <summary>Rounds of a row.</summary>
    public const int Usual = 5;

    private readonly Dictionary<string, (string Unit, List<double> Values)> series = [];

    /// <summary>All that was measured, in the order in which it came up.</summary>
    public IEnumerable<Series> Series => series.Select(one => new Series(one.Key, one.Value.Unit, [.. one.Value.Values]));

    /// <summary>Notes a number of this round.</summary>
    public void Add(string name, string unit, double value)
    {
        if (!series.TryGetValue(name, out var known))
        {
            series.Add(name, known = (unit, []));
        }

        known.Values.Add(value);
        Console.Error.WriteLine(FormattableString.Invariant($"  {known.Values.Count}. {name}: {value:G4} {unit}"));
    }

    /// <summary>Notes what a core does at the moment.</summary>
    public void AddProbe()
    {
        foreach (var (name, unit, value) in Machine.Probe())
        {
            Add(name, unit, value);
        }
    }
}
