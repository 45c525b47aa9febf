using System.Globalization;
using System.Text;

namespace Sweeper.Reproduction;

/// <summary>Writes docs/reproduction.md, and copies the figures it shows.</summary>
internal static class ReproductionPage
{
    private const string Images = "images/reproduction";

    private static readonly MarkdownColumn<Outcome>[] Overview =
    [
        new("sweep", outcome => $"[{outcome.File.Asked}](#{outcome.Section})", IsNumber: false),
        new("trials", outcome => $"{outcome.Trials}", IsNumber: false),
        new("claims", outcome => $"{outcome.Verdicts.Length}", IsNumber: false),
        new("hold", outcome => $"{outcome.Verdicts.Count(verdict => verdict.Holds)}", IsNumber: false),
    ];

    private static readonly MarkdownColumn<Verdict>[] Claims =
    [
        new("entry", verdict => $"{verdict.Claim.Entry}", IsNumber: false),
        new("claim", verdict => $"{verdict.Claim.Statement}", IsNumber: false),
        new("expected", verdict => $"{verdict.Claim.Expected}", IsNumber: false),
        new("measured", verdict => $"{verdict.Measured}", IsNumber: false),
        new("", verdict => $"{(verdict.Holds ? "holds" : "**missed**")}", IsNumber: false),
    ];

    /// <summary>Replaces page and pictures.</summary>
    public static void Write(string page, IReadOnlyList<Outcome> outcomes, string commit)
    {
        var text = new StringBuilder(
            $"""
            # Reproduction

            Every figure that a sweep under `sweeps/` reproduces, every claim about it, and what was measured. Generated from results, at commit
            {commit}; nothing here is typed by hand but the claims (`tools/reproduction/claims`, one SQL question each) and the
            causes of those that are missed. To repeat it, run the sweeps named below and then

            ```console
            dotnet run -c Release --project tools/reproduction -- --page docs/reproduction.md
            ```

            {MarkdownTable.Of(outcomes, Overview)}

            """);
        var images = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, Images);
        if (Directory.Exists(images))
        {
            Directory.Delete(images, recursive: true);
        }

        foreach (var outcome in outcomes)
        {
            Section(text, outcome, Directory.CreateDirectory(Path.Combine(images, outcome.Section)).FullName);
        }

        File.WriteAllText(page, text.ToString());
    }

    private static void Section(StringBuilder text, Outcome outcome, string images)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {outcome.Section}\n\n{outcome.Title}\n\n`sweeper run {outcome.File.Asked}`\n\n");
        text.Append(MarkdownTable.Of(outcome.Verdicts, Claims)).Append('\n');
        foreach (var verdict in outcome.Verdicts.Where(verdict => !verdict.Holds))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{verdict.Claim.Entry} is missed: {verdict.Claim.Cause ?? "the cause is not known."}\n");
        }

        foreach (var picture in Directory.EnumerateFiles(Path.Combine(outcome.Folder, "figures"), "*.png").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(picture);
            File.Copy(picture, Path.Combine(images, name));
            var title = Path.GetFileNameWithoutExtension(name).Replace('_', ' ');
            text.Append(CultureInfo.InvariantCulture, $"\n![{title}]({Images}/{outcome.Section}/{name})\n");
        }
    }
}
