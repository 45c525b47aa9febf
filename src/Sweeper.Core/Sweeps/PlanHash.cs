using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps.Identity;
using Sweeper.Core.Sweeps.Space;

namespace Sweeper.Core.Sweeps;

/// <summary>
/// Hash of what a plan says: which trials in which order, what is measured, and the cut. Names, comments, the order of keys,
/// figures and tolerated failures do not count; two plans with one hash have the same packs.
/// </summary>
internal static class PlanHash
{
    /// <summary>Lower-case hex of SHA-256.</summary>
    /// <param name="content">The file.</param>
    /// <param name="grids">Its union.</param>
    /// <param name="selection">Which places of the grids are trials, as a hash; null: all of one grid.</param>
    /// <param name="datasets">
    /// Content hashes of the data sets, in the order of the plan: with another content its trials are others.
    /// </param>
    /// <param name="cuts">The packs.</param>
    public static string Of(
        SweepContent content, ImmutableArray<Grid> grids, string? selection, IEnumerable<string> datasets, IEnumerable<PackCut> cuts)
    {
        List<(string, string)> members = grids is [var only]
            ? Members(content.Experiment, only)
            : [("grids", CanonicalJson.Array(grids.Select(grid => CanonicalJson.Object(Members(content.Experiment, grid)))))];
        if (selection is not null)
        {
            members.Add(("selection", CanonicalJson.Text(selection)));
        }

        ImmutableArray<string> learnt = [.. datasets.Select(CanonicalJson.Text)];
        if (!learnt.IsEmpty)
        {
            members.Add(("datasets", CanonicalJson.Array(learnt)));
        }

        var text = CanonicalJson.Object(
        [
            .. members,
            ("experiment", CanonicalJson.Text(content.Experiment.Name)),
            ("version", CanonicalJson.Number(content.Experiment.Version)),
            ("seeds", CanonicalJson.Array(content.Seeds.Select(CanonicalJson.Number))),
            ("measure", CanonicalJson.Array(content.Measure.Select(Rule).Order(StringComparer.Ordinal))),
            ("lanes", CanonicalJson.Number(content.Lanes)),
            ("packs", CanonicalJson.Array(
                cuts.Select(cut => CanonicalJson.Array([CanonicalJson.Number(cut.Trials), CanonicalJson.Number(cut.Lanes)])))),
        ]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static List<(string, string)> Members(ExperimentDeclaration experiment, Grid grid)
    {
        var differing = experiment.Hyperparameters.Zip(grid.Standard).Where(pair => !pair.Second.Equals(pair.First.Default));
        // In the order of the declaration, whichever of them are static.
        var axes = grid.Axes.Select(axis => axis.All).OrderBy(axis => experiment.IndexOf(axis.Hyperparameters[0].Name));
        return
        [
            ("hyperparameters", CanonicalJson.Object(differing.Select(pair => (pair.First.Name, TrialIdentity.Json(pair.Second))))),
            ("axes", CanonicalJson.Array(axes.Select(Axis))),
        ];
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
