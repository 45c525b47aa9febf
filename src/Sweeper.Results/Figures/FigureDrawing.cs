using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Deriving;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures;

/// <summary>Keeps `figures/` up to date with the curves: each figure as SVG, PNG and the CSV of what is drawn.</summary>
internal sealed class FigureDrawing(
    ResultFolder folder, WriterLock writer, DerivedIndex index, SweepPlan plan, ITheory? theory, Action<string> note)
{
    /// <summary>
    /// Draws what is not current and removes figures that are not asked for any more; says of which there is nothing to draw.
    /// </summary>
    public void Run()
    {
        var specs = FigureCatalog.Of(plan);
        var curves = FileHash.Of(folder.Curves);
        var stale = specs.Where(spec => !Files(spec).All(file => index.IsCurrent(file, Inputs(spec, curves)))).ToList();
        if (stale.Count > 0)
        {
            using var connection = ResultViews.Open(folder);
            var data = new FigureData(plan, connection, theory);
            stale.ForEach(spec => Draw(spec, data, Inputs(spec, curves)));
        }

        var wanted = specs.SelectMany(Files).Select(file => Path.GetRelativePath(folder.Path, file)).ToHashSet();
        foreach (var file in index.Files.Where(file => file.StartsWith(
            Path.GetFileName(folder.Figures) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            if (!wanted.Contains(file))
            {
                index.Remove(file);
            }
        }
    }

    /// <summary>A figure may be of any kind: which one suits its metric shows only in the curves.</summary>
    private string Inputs(FigureSpec spec, string curves) => new Fingerprint()
        .Add(
            curves, spec.ToString(), plan.Name,
            string.Join(' ', FigureCatalog.Kinds.Select(figure => FormattableString.Invariant($"{figure.Kind} {figure.Version}"))),
            FormattableString.Invariant($"{theory?.Version}"))
        .ToString();

    private string[] Files(FigureSpec spec) =>
        [.. FigureFiles.Extensions.Select(extension => Path.Combine(folder.Figures, spec.Name + extension))];

    private void Draw(FigureSpec spec, FigureData data, string inputs)
    {
        if (FigureCatalog.Draw(spec, data) is not { } content)
        {
            // What it showed before is no more: an old picture would pass for the one that is asked for.
            foreach (var file in Files(spec).Select(file => Path.GetRelativePath(folder.Path, file)).Intersect(index.Files).ToList())
            {
                index.Remove(file);
            }

            note(EmptyFigure.Of(spec, data).ToString());
            return;
        }

        foreach (var (extension, bytes) in FigureFiles.Of(content))
        {
            Replace(Path.Combine(folder.Figures, spec.Name + extension), bytes);
        }

        index.Record(inputs, Files(spec));
    }

    private void Replace(string path, byte[] bytes) =>
        DurableFile.Replace(path, folder.Staged(Path.GetFileName(path)), stream => stream.Write(bytes), writer.Check);
}
