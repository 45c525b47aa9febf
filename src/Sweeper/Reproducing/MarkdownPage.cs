using System.Globalization;
using System.Text;
using Sweeper.Results.Claims;

namespace Sweeper.Reproducing;

/// <summary>The Markdown page of reproduced sweeps, with copies of their pictures beside it.</summary>
internal static class MarkdownPage
{
    private const string Images = "images/reproduction";

    /// <summary>Replaces page and pictures.</summary>
    public static void Write(string page, IReadOnlyList<ReproducedSweep> sweeps)
    {
        var text = new StringBuilder(
            """
            # Reproduction

            Figures that sweeps reproduce, every claim about them, and what was measured. Generated from results; nothing here is typed by hand
            but what the sweep files say (`paper`, `expect`, and the causes of claims that are missed). To repeat it, name the sweep files
            below, or none for all under `sweeps/`:

            ```
            sweeper reproduce --page docs/reproduction.md
            ```


            """);
        Row(text, "sweep", "trials", "claims", "hold");
        Row(text, "---", "---", "---", "---");
        foreach (var sweep in sweeps)
        {
            Row(
                text, $"[{sweep.Asked}](#{sweep.Section})", $"{sweep.Claims.Trials}", $"{sweep.Claims.Claims.Length}",
                $"{sweep.Claims.Count(Verdict.Holds)}");
        }

        var images = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, Images);
        if (Directory.Exists(images))
        {
            Directory.Delete(images, recursive: true);
        }

        foreach (var sweep in sweeps)
        {
            Section(text, sweep, Directory.CreateDirectory(Path.Combine(images, sweep.Section)).FullName);
        }

        File.WriteAllText(page, text.ToString());
    }

    private static void Section(StringBuilder text, ReproducedSweep sweep, string images)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {sweep.Section}\n\n{sweep.Caption}\n\n");
        text.Append(sweep.Plan.Source.Paper is { } paper ? $"{paper}\n\n" : "");
        text.Append(CultureInfo.InvariantCulture, $"`sweeper run {sweep.Asked}`, SHA-256 `{sweep.Hash}`\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{string.Join("; ", sweep.Settings.Select(one => $"{one.Name} {one.Value}"))}\n\n");
        Row(text, "entry", "claim", "expected", "measured", "");
        Row(text, "---", "---", "---", "---", "---");
        var answers = sweep.Claims.Claims.Select(claim => claim.Answer).ToList();
        foreach (var answer in answers)
        {
            Row(text, answer.Claim.Entry, answer.Claim.Statement, answer.Claim.Expected, answer.Measured, Word(answer.Verdict));
        }

        foreach (var answer in answers.Where(answer => answer.Verdict != Verdict.Holds))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{answer.Claim.Entry} is {(answer.Verdict == Verdict.Near ? "nearly met" : "missed")}: "
                + $"{answer.Claim.Cause ?? "the cause is not known."}\n");
        }

        foreach (var picture in sweep.Pictures("png"))
        {
            var name = Path.GetFileName(picture);
            File.Copy(picture, Path.Combine(images, name));
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n![{Path.GetFileNameWithoutExtension(name).Replace('_', ' ')}]({Images}/{sweep.Section}/{name})\n");
        }
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.Near => "*near*",
        _ => "**missed**",
    };

    private static void Row(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            text.Append("| ").Append(cell.Replace("|", "\\|", StringComparison.Ordinal)).Append(' ');
        }

        text.Append("|\n");
    }
}
