using System.Text;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Deriving;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures;

/// <summary>Keeps `figures/` up to date with the curves: each figure as SVG, PNG and the CSV of what is drawn.</summary>
internal sealed class FigureDrawing(ResultFolder folder, WriterLock writer, DerivedIndex index, SweepPlan plan)
{
    /// <summary>Draws what is not current and removes figures that are not asked for any more.</summary>
    public void Run()
    {
        var specs = FigureCatalog.Of(plan);
        var curves = FileHash.Of(folder.Curves);
        var stale = specs.Where(spec => !Files(spec).All(file => index.IsCurrent(file, Inputs(spec, curves)))).ToList();
        if (stale.Count > 0)
        {
            using var connection = ResultViews.Open(folder);
            var data = new FigureData(plan, connection);
            stale.ForEach(spec => Draw(spec, data, Inputs(spec, curves)));
        }

        var wanted = specs.SelectMany(Files).Select(file => Path.GetRelativePath(folder.Path, file)).ToHashSet();
        foreach (var file in index.Files.Where(file => file.StartsWith(Path.GetFileName(folder.Figures) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            if (!wanted.Contains(file))
            {
                index.Remove(file);
            }
        }
    }

    private static IFigure KindOf(FigureSpec spec) => FigureCatalog.Kinds.Single(figure => figure.Kind == spec.Kind);

    private static string Inputs(FigureSpec spec, string curves) =>
        new Fingerprint().Add(curves, spec.ToString(), KindOf(spec).Version.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString();

    private string[] Files(FigureSpec spec) => [.. ((string[])[".svg", ".png", ".csv"]).Select(extension => Path.Combine(folder.Figures, spec.Name + extension))];

    private void Draw(FigureSpec spec, FigureData data, string inputs)
    {
        if (KindOf(spec).Draw(spec, data) is not { } content)
        {
            return;
        }

        var painter = new FigurePainter(content);
        var files = Files(spec);
        Replace(files[0], painter.ToSvg());
        Replace(files[1], painter.ToPng());
        Replace(files[2], Encoding.UTF8.GetBytes(content.Data.ToCsv()));
        index.Record(inputs, files);
    }

    private void Replace(string path, byte[] bytes) =>
        DurableFile.Replace(path, folder.Staged(Path.GetFileName(path)), stream => stream.Write(bytes), writer.Check);
}
