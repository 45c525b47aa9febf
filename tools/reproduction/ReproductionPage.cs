using System.Globalization;
using System.Text;

namespace Sweeper.Reproduction;

/// <summary>Writes docs/reproduction.md, and copies the figures it shows.</summary>
internal static class ReproductionPage
{
    private const string Images = "images/reproduction";

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

            | sweep | trials | training, core seconds | claims | hold |
            |---|---|---|---|---|

            """);
        foreach (var outcome in outcomes)
        {
            text.Append(CultureInfo.InvariantCulture, $"| [{outcome.File.Sweep}](#{outcome.Sweep}) | {outcome.Trials} | {outcome.TrainingSeconds:F0} | {outcome.Verdicts.Length} | {outcome.Verdicts.Count(verdict => verdict.Holds)} |\n");
        }

        var images = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, Images);
        if (Directory.Exists(images))
        {
            Directory.Delete(images, recursive: true);
        }

        foreach (var outcome in outcomes)
        {
            Section(text, outcome, Directory.CreateDirectory(Path.Combine(images, outcome.Sweep)).FullName);
        }

        File.WriteAllText(page, text.ToString());
    }

    private static void Section(StringBuilder text, Outcome outcome, string images)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {outcome.Sweep}\n\n{outcome.Title}\n\n`sweeper run {outcome.File.Sweep}`\n\n");
        text.Append("| entry | claim | expected | measured | |\n|---|---|---|---|---|\n");
        foreach (var (claim, measured, holds) in outcome.Verdicts)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {claim.Entry} | {Cell(claim.Statement)} | {Cell(claim.Expected)} | {Cell(measured)} | {(holds ? "holds" : "**missed**")} |\n");
        }

        foreach (var verdict in outcome.Verdicts.Where(verdict => !verdict.Holds))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{verdict.Claim.Entry} is missed: {verdict.Claim.Cause ?? "the cause is not known."}\n");
        }

        foreach (var picture in Directory.EnumerateFiles(Path.Combine(outcome.Folder, "figures"), "*.png").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(picture);
            File.Copy(picture, Path.Combine(images, name));
            text.Append(CultureInfo.InvariantCulture, $"\n![{Path.GetFileNameWithoutExtension(name).Replace('_', ' ')}]({Images}/{outcome.Sweep}/{name})\n");
        }
    }

    private static string Cell(string words) => words.Replace("|", "\\|", StringComparison.Ordinal);
}
