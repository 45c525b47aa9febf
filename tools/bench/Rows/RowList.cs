using System.Collections.Immutable;

namespace Sweeper.Bench.Rows;

/// <summary>All rows.</summary>
internal static class RowList
{
    /// <summary>In the order of the page.</summary>
    public static ImmutableArray<Row> All { get; } = [.. TrainingRows.All, new SnapshotRow(), new MeasuringRow(), new CoresRow(),
        new OverlapRow(), new QuickstartRow(), new FigureRow()];
}
