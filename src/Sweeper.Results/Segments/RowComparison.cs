namespace Sweeper.Results.Segments;

/// <summary>Rows of a trial held against those of another training of it.</summary>
/// <param name="Stored">Rows stored.</param>
/// <param name="Identical">Rows with the same bits in both, undefined in both included.</param>
/// <param name="Differing">Rows in both, with other bits.</param>
/// <param name="Missing">Stored rows that the new training does not have.</param>
/// <param name="Added">Rows of the new training that are not stored.</param>
/// <param name="Largest">The row with the largest difference, or null when none differs in size.</param>
/// <param name="Difference">Its absolute difference; infinite when it is defined in one only.</param>
/// <param name="Relative">The same over the larger of both magnitudes.</param>
public sealed record RowComparison(
    int Stored, int Identical, int Differing, int Missing, int Added, RowKey? Largest, double Difference, double Relative)
{
    /// <summary>Whether both trainings gave the same rows, to the bit.</summary>
    public bool IsIdentical => Identical == Stored && Added == 0;

    /// <summary>Compares.</summary>
    public static RowComparison Of(IReadOnlyDictionary<RowKey, double> stored, IReadOnlyDictionary<RowKey, double> again)
    {
        int identical = 0, differing = 0;
        RowKey? largest = null;
        double difference = 0, relative = 0;
        foreach (var (key, value) in stored.Where(row => again.ContainsKey(row.Key)).OrderBy(row => row.Key.Step))
        {
            var other = again[key];
            // NaN stands for undefined, whatever its bits.
            if (BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(other)
                || (double.IsNaN(value) && double.IsNaN(other)))
            {
                identical++;
                continue;
            }

            differing++;
            var gap = double.IsNaN(value) || double.IsNaN(other) ? double.PositiveInfinity : Math.Abs(value - other);
            if (largest is null || gap > difference)
            {
                (largest, difference) = (key, gap);
                relative = double.IsInfinity(gap) ? gap : gap / Math.Max(Math.Abs(value), Math.Abs(other));
            }
        }

        return new RowComparison(
            stored.Count, identical, differing, stored.Keys.Count(key => !again.ContainsKey(key)),
            again.Keys.Count(key => !stored.ContainsKey(key)), largest, difference, relative);
    }
}
