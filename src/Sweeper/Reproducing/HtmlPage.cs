using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Sweeper.Results.Claims;
using Sweeper.Terminal;

namespace Sweeper.Reproducing;

/// <summary>One file with all that was reproduced: pictures, claims, settings. It needs nothing beside it and loads nothing.</summary>
internal static partial class HtmlPage
{
    /// <summary>Bytes up to which a picture stands in the page as lines; with more of them as pixels.</summary>
    private const long LargestDrawing = 200_000;

    private const string Style =
        """
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff; }
        h1, h2 { line-height: 1.2; } h2 { margin-top: 3rem; border-top: 1px solid #ccc; padding-top: 1.5rem; }
        table { border-collapse: collapse; width: 100%; margin: 1rem 0; } caption { text-align: left; font-weight: 600; }
        th, td { border-bottom: 1px solid #ddd; padding: .35rem .6rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
        td:first-child { min-width: 4rem; } th { background: #f5f5f5; } .holds { color: #00603f; } .near { color: #7a5000; } .fails { color: #a3132a; font-weight: 600; }
        .figures { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: 0; max-width: 100%; } figcaption { font-size: .85rem; color: #555; }
        img { max-width: 100%; height: auto; } code { font-size: .85em; overflow-wrap: anywhere; } .paper { font-style: italic; }
        """;

    /// <summary>Writes the page.</summary>
    public static void Write(string page, IReadOnlyList<ReproducedSweep> sweeps)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(page))!);
        using var output = new StreamWriter(page, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        output.Write(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Reproduction</title>
            <link rel="icon" href="data:,"><style>
            {Style}
            </style></head><body><main>
            <h1>Reproduction</h1>
            <table><caption>Sweeps</caption><thead><tr><th scope="col">sweep</th><th scope="col">trials</th><th scope="col">claims</th><th scope="col">hold</th><th scope="col">near</th><th scope="col">fail</th></tr></thead><tbody>

            """);
        foreach (var sweep in sweeps)
        {
            output.Write(
                $"<tr><td><a href=\"#{sweep.Section}\">{Text(sweep.Plan.Name)}</a></td><td>{sweep.Claims.Trials}</td>"
                + $"<td>{sweep.Claims.Claims.Length}</td><td>{sweep.Claims.Count(Verdict.Holds)}</td>"
                + $"<td>{sweep.Claims.Count(Verdict.Near)}</td><td>{sweep.Claims.Count(Verdict.Fails)}</td></tr>\n");
        }

        output.Write("</tbody></table>\n");
        foreach (var sweep in sweeps)
        {
            Section(output, sweep);
        }

        output.Write("</main></body></html>\n");
    }

    private static void Section(StreamWriter output, ReproducedSweep sweep)
    {
        output.Write($"<section id=\"{sweep.Section}\"><h2>{Text(sweep.Plan.Name)}</h2>\n");
        output.Write(sweep.Plan.Source.Paper is { } paper ? $"<p class=\"paper\">{Text(paper)}</p>\n" : "");
        output.Write($"<p>{Text(sweep.Caption)}</p>\n<div class=\"figures\">\n");
        foreach (var picture in sweep.Pictures("png"))
        {
            var title = Text(Path.GetFileNameWithoutExtension(picture).Replace('_', ' '));
            output.Write(
                $"<figure><img alt=\"{title}\"{Width(picture)} src=\"{Inline(picture)}\"><figcaption>{title}</figcaption></figure>\n");
        }

        output.Write("</div>\n");
        Claims(output, sweep.Claims);
        Settings(output, sweep);
        output.Write(
            $"<p>{Text(Quantity.Count(sweep.Claims.Trials, "trial"))} trained and measured in "
            + $"{Text(sweep.Seconds.ToString("#,0.#", CultureInfo.InvariantCulture))} s (its packs added up), by <code>sweeper run "
            + $"{Text(sweep.Asked)}</code>. SHA-256 of sweep file and curves: <code>{sweep.Hash}</code></p></section>\n");
    }

    private static void Claims(StreamWriter output, CheckedClaims claims)
    {
        output.Write(
            "<table><caption>Claims</caption><thead><tr><th scope=\"col\">entry</th><th scope=\"col\">claim</th>"
            + "<th scope=\"col\">expected</th><th scope=\"col\">measured</th><th scope=\"col\">verdict</th></tr></thead><tbody>\n");
        foreach (var answer in claims.Claims.Select(claim => claim.Answer))
        {
            var word = JsonLine.Word(answer.Verdict);
            var cause = answer.Verdict != Verdict.Holds && answer.Claim.Cause is { } known ? $"<br>Cause: {Text(known)}" : "";
            output.Write(
                $"<tr><td>{Text(answer.Claim.Entry)}</td><td>{Text(answer.Claim.Statement)}{cause}</td>"
                + $"<td>{Text(answer.Claim.Expected)}</td><td>{Text(answer.Measured)}</td><td class=\"{word}\">{word}</td></tr>\n");
        }

        output.Write("</tbody></table>\n");
    }

    private static void Settings(StreamWriter output, ReproducedSweep sweep)
    {
        var isPapers = sweep.Plan.Source.Paper is not null;
        output.Write(
            "<table><caption>Settings</caption><thead><tr><th scope=\"col\">name</th><th scope=\"col\">value</th><th scope=\"col\">the "
            + "paper's, or why it was chosen</th></tr></thead><tbody>\n");
        foreach (var (name, value, chosen) in sweep.Settings)
        {
            output.Write(
                $"<tr><td>{Text(name)}</td><td>{Text(value)}</td><td>{(chosen is null ? isPapers ? "the paper's" : "" : Text(chosen))}</td>"
                + "</tr>\n");
        }

        output.Write("</tbody></table>\n");
    }

    /// <summary>That of the lines: a picture of pixels has more of them than it is wide on a page.</summary>
    private static string Width(string png)
    {
        var svg = Path.ChangeExtension(png, "svg");
        return File.Exists(svg) && SvgWidth().Match(string.Concat(File.ReadLines(svg).Take(2))) is { Success: true } found
            ? $" width=\"{found.Groups[1].Value}\""
            : "";
    }

    [GeneratedRegex("<svg[^>]* width=\"([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex SvgWidth();

    private static string Inline(string png)
    {
        var svg = Path.ChangeExtension(png, "svg");
        var (file, type) = File.Exists(svg) && new FileInfo(svg).Length <= LargestDrawing ? (svg, "svg+xml") : (png, "png");
        return $"data:image/{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}";
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
