using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Claims;
using Sweeper.Results.Folders;
using Sweeper.Results.Query;

namespace Sweeper.Reproducing;

/// <summary>A sweep that was run, and what its results say.</summary>
/// <param name="Asked">What `sweeper run` is told.</param>
/// <param name="Caption">The comment that the file begins with.</param>
/// <param name="Plan">The sweep.</param>
/// <param name="Usual">The sweep without its profile; null where there is none.</param>
/// <param name="Claims">What is claimed, and answered.</param>
/// <param name="Seconds">Time that its packs took to train and measure.</param>
/// <param name="Hash">SHA-256 of the resolved sweep file and `curves.parquet`, one after the other, hex.</param>
internal sealed record ReproducedSweep(
    string Asked, string Caption, SweepPlan Plan, SweepPlan? Usual, CheckedClaims Claims, double Seconds, string Hash)
{
    private const string Time =
        "SELECT coalesce(sum(wall), 0) FROM (SELECT max(wall_s) AS wall FROM trials WHERE pack IS NOT NULL GROUP BY pack)";

    /// <summary>Looks at the results of a sweep file.</summary>
    public static ReproducedSweep Of(ReproducibleSweep sweep, string folder)
    {
        var (file, profile, plan) = sweep;
        var caption = string.Join(
            ' ', File.ReadLines(file).TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' ')));
        var seconds = Convert.ToDouble(ResultQuery.Run(folder, Time).Rows[0][0], null);
        return new ReproducedSweep(
            profile is null ? file : $"{file} --profile {profile}", caption, plan,
            profile is null ? null : ReproducibleSweep.Of(file, null).Plan, CheckedClaims.Of(plan, folder), seconds,
            HashOf(plan, new ResultFolder(folder).Curves));
    }

    /// <summary>Name of the sweep, and of its profile, as heading and as folder of pictures.</summary>
    public string Section => Plan.Name.Replace('@', '-');

    /// <summary>
    /// What the file gives a value, and the seeds; each with the reason where it was chosen, and with that it is the profile's.
    /// </summary>
    public IEnumerable<(string Name, string Value, string? Chosen)> Settings
    {
        get
        {
            var named = Plan.Source.Chosen.Select(chosen => chosen.Name).ToHashSet();
            var usual = Usual is null ? null : Values(Usual);
            return Values(Plan)
                .Where(setting => setting.Key == SweepKeys.Seeds.Name || Plan.Names(setting.Key) || named.Contains(setting.Key))
                .Select(setting => (setting.Key, setting.Value, usual is null || usual[setting.Key] == setting.Value
                    ? Plan.Source.ReasonFor(setting.Key) : $"of the profile, otherwise {usual[setting.Key]}"));
        }
    }

    /// <summary>Its pictures of a kind (`png`, `svg`), in the order of their names.</summary>
    public ImmutableArray<string> Pictures(string kind) =>
        [.. Directory.EnumerateFiles(new ResultFolder(Claims.Folder).Figures, $"*.{kind}").Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Values(SweepPlan plan)
    {
        var swept = plan.Swept.ToDictionary(one => one.Declaration.Name, one => string.Join(", ", one.Values));
        var values = plan.Experiment.Hyperparameters.Zip(plan.PointAt(0).Values)
            .ToDictionary(pair => pair.First.Name, pair => swept.GetValueOrDefault(pair.First.Name) ?? $"{pair.Second}");
        values.Add(SweepKeys.Seeds.Name, string.Create(CultureInfo.InvariantCulture, $"{plan.Seeds.Length}"));
        return values;
    }

    private static string HashOf(SweepPlan plan, string curves)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(plan.ResolvedText));
        using var stream = File.OpenRead(curves);
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and var read)
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
