using System.Collections.Immutable;
using System.Text;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures.Drawing;
using Sweeper.Results.Figures.Layout;
using Sweeper.Results.Figures.Selection;
using Sweeper.Results.Files;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;

namespace Sweeper.Results.Figures;

/// <summary>The files of a figure: SVG, PNG, and the CSV of what is drawn.</summary>
public static class FigureFiles
{
    /// <summary>Their extensions.</summary>
    internal static ImmutableArray<string> Extensions { get; } = [".svg", ".png", ".csv"];

    /// <summary>
    /// Draws figures of a results folder somewhere else, and changes nothing in the folder. Throws
    /// <see cref="Core.Errors.SweepException"/>: usage for a named figure that does not go with the plan or shows nothing, preflight for a
    /// folder without results.
    /// </summary>
    /// <param name="folder">The results folder.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="specs">The figures; the plan's own when empty.</param>
    /// <param name="target">Where the files go; made when it is not there.</param>
    /// <param name="theory">Known values of teachers; null for none.</param>
    /// <param name="note">Told which of the plan's own figures have nothing to draw.</param>
    /// <returns>The files written.</returns>
    public static ImmutableArray<string> Write(
        string folder, SweepPlan plan, ImmutableArray<FigureSpec> specs, string target, ITheory? theory, Action<string>? note = null)
    {
        foreach (var spec in specs)
        {
            FigureCatalog.Check(plan, spec);
        }

        using var connection = ResultViews.Open(new ResultFolder(folder));
        var data = new FigureData(plan, connection, theory);
        if (specs.Select(spec => EmptyFigure.Unknown(spec, data.For(spec))).FirstOrDefault(unknown => unknown is not null) is { } misspelt)
        {
            throw misspelt.ToException();
        }

        var written = ImmutableArray.CreateBuilder<string>();
        foreach (var spec in specs.IsEmpty ? FigureCatalog.Of(plan) : specs)
        {
            if (FigureCatalog.Draw(spec, data) is not { } content)
            {
                var empty = EmptyFigure.Of(spec, data);
                if (!specs.IsEmpty)
                {
                    throw empty.ToException();
                }

                note?.Invoke(empty.ToString());
                continue;
            }

            Directory.CreateDirectory(target);
            foreach (var (extension, bytes) in Of(content))
            {
                written.Add(Path.Combine(target, spec.Name + extension));
                DiskFault.Guard(written[^1], () => File.WriteAllBytes(written[^1], bytes));
            }
        }

        return written.ToImmutable();
    }

    /// <summary>The bytes, by extension.</summary>
    internal static IEnumerable<(string Extension, byte[] Bytes)> Of(SmallMultiples content)
    {
        var painter = new FigurePainter(content);
        yield return (".svg", painter.ToSvg());
        yield return (".png", painter.ToPng());
        yield return (".csv", Encoding.UTF8.GetBytes(content.Data.ToCsv()));
    }
}
