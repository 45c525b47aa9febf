using Sweeper.Core.Measurements;

namespace Sweeper.Results.Segments;

/// <summary>What one number of a trial is.</summary>
public readonly record struct RowKey(long Step, SeriesKey Series, int Index)
{
    /// <summary>`step 40, validation loss`, with component and index where there are any.</summary>
    public override string ToString() =>
        $"step {Step}, {string.Join(' ', new[] { Series.Split, Series.Metric, Series.Component }.Where(word => word.Length > 0))}[{Index}]";
}
