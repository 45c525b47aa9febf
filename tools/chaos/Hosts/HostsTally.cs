using System.Globalization;

namespace Sweeper.Chaos.Hosts;

/// <summary>Which faults fell, and how long workers took to be at work again after each.</summary>
internal sealed class HostsTally
{
    private readonly SortedDictionary<string, (int Fell, int Measured, TimeSpan Longest)> rows = new(StringComparer.Ordinal);

    /// <summary>All faults together.</summary>
    public int Total => rows.Values.Sum(row => row.Fell);

    /// <summary>The longest that workers took.</summary>
    public TimeSpan Longest => rows.Values.Select(row => row.Longest).DefaultIfEmpty().Max();

    /// <summary>Whether a fault has fallen.</summary>
    public bool Has(string fault) => rows.ContainsKey(fault);

    /// <summary>A fault fell; <paramref name="recovery"/> is null where the sweep ended before its workers had to work again.</summary>
    public void Add(string fault, TimeSpan? recovery)
    {
        var (fell, measured, longest) = rows.GetValueOrDefault(fault);
        rows[fault] = (fell + 1, measured + (recovery is null ? 0 : 1), recovery > longest ? recovery.Value : longest);
    }

    /// <summary>As a table.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine("| fault | fell | at work again after, at most |");
        output.WriteLine("|---|---:|---:|");
        foreach (var (fault, row) in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {fault} | {row.Fell} | {(row.Measured == 0 ? "the sweep ended" : $"{row.Longest.TotalSeconds:F1} s")} |"));
        }
    }
}
