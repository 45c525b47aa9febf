using System.Security.Cryptography;
using System.Text;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps.Identity;

namespace Sweeper.Core.Sweeps;

/// <summary>
/// Hash of what a plan says: which trials in which order, what is measured, and the cut. Names, comments, the order of keys,
/// figures and tolerated failures do not count; two plans with one hash have the same packs.
/// </summary>
internal static class PlanHash
{
    /// <summary>Lower-case hex of SHA-256.</summary>
    public static string Of(SweepContent content, IEnumerable<PackCut> cuts)
    {
        var standard = content.Experiment.Hyperparameters.Zip(content.Standard, (declared, value) => (declared, value));
        var text = CanonicalJson.Object(
        [
            ("experiment", CanonicalJson.Text(content.Experiment.Name)),
            ("version", CanonicalJson.Number(content.Experiment.Version)),
            ("hyperparameters", CanonicalJson.Object(standard.Where(pair => !pair.value.Equals(pair.declared.Default)).Select(pair => (pair.declared.Name, TrialIdentity.Json(pair.value))))),
            ("axes", CanonicalJson.Array(content.Axes.Select(Axis))),
            ("seeds", CanonicalJson.Array(content.Seeds.Select(CanonicalJson.Number))),
            ("measure", CanonicalJson.Array(content.Measure.Select(Rule).Order(StringComparer.Ordinal))),
            ("lanes", CanonicalJson.Number(content.Lanes)),
            ("packs", CanonicalJson.Array(cuts.Select(cut => CanonicalJson.Array([CanonicalJson.Number(cut.Trials), CanonicalJson.Number(cut.Lanes)])))),
        ]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Axis(SweepAxis axis) => CanonicalJson.Object(
    [
        ("names", CanonicalJson.Array(axis.Hyperparameters.Select(declared => CanonicalJson.Text(declared.Name)))),
        ("entries", CanonicalJson.Array(axis.Entries.Select(entry => CanonicalJson.Array(entry.Select(TrialIdentity.Json))))),
    ]);

    private static string Rule(MeasureRule rule) => CanonicalJson.Object(
    [
        ("at", CanonicalJson.Text(rule.Steps.ToString())),
        ("metrics", CanonicalJson.Array(rule.Metrics.Select(metric => CanonicalJson.Text($"{metric.Name} {metric.Version}")))),
    ]);
}
