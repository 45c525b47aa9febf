using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;

namespace Sweeper.Results.Segments;

/// <summary>
/// The one order of rows in all files: step, metric, split, component, index, member, source, then curve and seed, so
/// that the seeds of a curve are neighbours in any merge. Words compare by code unit.
/// </summary>
internal static class RowOrder
{
    /// <summary>Compares what a series measures: metric, split, component.</summary>
    public static int CompareQuantity(SeriesKey left, SeriesKey right)
    {
        var order = string.CompareOrdinal(left.Metric, right.Metric);
        order = order != 0 ? order : string.CompareOrdinal(left.Split, right.Split);
        return order != 0 ? order : string.CompareOrdinal(left.Component, right.Component);
    }

    /// <summary>Compares of whom a series is: member, source.</summary>
    public static int CompareOrigin(SeriesKey left, SeriesKey right)
    {
        var order = left.Member.CompareTo(right.Member);
        return order != 0 ? order : left.Source.CompareTo(right.Source);
    }

    /// <summary>Compares trials: curve, then seed.</summary>
    public static int CompareTrials(Trial left, Trial right)
    {
        var order = string.CompareOrdinal(left.CurveId.Hex, right.CurveId.Hex);
        return order != 0 ? order : left.Seed.CompareTo(right.Seed);
    }
}
