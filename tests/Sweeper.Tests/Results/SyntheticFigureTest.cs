using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;

namespace Sweeper.Tests.Results;

/// <summary>Figures of the finished synthetic sweep, and what DuckDB reads in its segments.</summary>
public abstract class SyntheticFigureTest : IDisposable
{
    private protected SyntheticFigureTest() => Folder = SyntheticSweep.Run(Plan, Temporary.In("synthetic"));

    /// <summary>Student's t for four and three seeds, three and two degrees of freedom.</summary>
    private protected static Dictionary<long, double> Quantile { get; } = new() { [4] = 3.182446305, [3] = 4.302652730 };

    private protected TemporaryFolder Temporary { get; } = new();

    private protected SweepPlan Plan { get; } = SyntheticSweep.Plan();

    private protected ResultFolder Folder { get; set; }

    public void Dispose()
    {
        Temporary.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Rows over `numbers`: depth, noise, seed and the number that an aggregate makes of a trial's validation losses.</summary>
    private protected List<object?[]> QueryNumbers(string aggregate, string select) => Duck.Query(
        $"""
        WITH numbers AS (
          SELECT depth, noise, seed, {aggregate} AS number FROM '{Folder.Segments}/*.parquet' JOIN '{Folder.Trials}' USING (trial_id)
          WHERE metric = 'loss' AND split = 'validation' GROUP BY ALL)
        {select}
        """);

    private protected static List<CurveLine> Lines(SmallMultiples drawn, LineStyle style) =>
        [.. drawn.Rows.SelectMany(row => row.Panels).SelectMany(panel => panel.Lines).Where(line => line.Style == style)];

    private protected SmallMultiples Draw(string figure) => Content(figure)!;

    /// <summary>Null where nothing is to be drawn.</summary>
    private protected SmallMultiples? Content(string figure)
    {
        using var connection = ResultViews.Open(Folder);
        var spec = Plan.ReadFigure("--figure", figure);
        FigureCatalog.Check(Plan, spec);
        return FigureCatalog.Draw(spec, new FigureData(Plan, connection, null));
    }
}
