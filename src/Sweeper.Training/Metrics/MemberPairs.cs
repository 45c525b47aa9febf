using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>What metrics of pairs of members have in common.</summary>
internal static class MemberPairs
{
    /// <summary>Where the values of a pair or of a group of pairs stand, for documentation.</summary>
    public const string Components = "Components are the pairs of a trial's networks (`0-1`), and the means over all pairs of branches of one trunk (`same trunk`) and over pairs of equally numbered branches of different trunks (`different trunks`). Undefined for a trial of one network.";

    /// <summary>The same of pairs and weight matrices.</summary>
    public const string ComponentsOfMatrices = "Components are those of `branch_agreement`, each with the names of the weight matrices (`0-1 W2`).";

    /// <summary>Entries of the diagonals of all pairs, groups and weight matrices.</summary>
    public static long Ranks(NetworkDeclaration networks) =>
        (long)networks.Branching.Groups.Length * networks.Layout.Weights.Sum(weight => Math.Min(LeadingDiagonal.Reported, weight.Rank));

    /// <summary>What a trial of one network lacks.</summary>
    public static string? Lacks(NetworkDeclaration networks) =>
        networks.Branching.Members < 2 ? "needs at least two networks in a trial: branches, or trunks" : null;

    /// <summary>One series for every pair and every group of pairs, from the values [K / M] or [K / M, width] of a pair.</summary>
    public static IEnumerable<MetricValues> Values(NetworkSnapshot snapshot, string split, Func<MemberPair, Tensor> measure)
    {
        var groups = snapshot.Program.Branching.Groups;
        var values = groups.SelectMany(group => group.Pairs).Distinct().ToDictionary(pair => pair, measure);
        return groups.Select(group => new MetricValues(split, group.Name, Mean(group)));

        // The mean over no pair is undefined, and as wide as if there were one.
        Tensor Mean(MemberGroup group) => group.Pairs.IsEmpty
            ? full_like(measure(new MemberPair(0, 0)), double.NaN)
            : stack(group.Pairs.Select(pair => values[pair])).mean([0L]);
    }

    /// <summary>The leading diagonal of the agreements [K / M, r, r] of each weight matrix.</summary>
    public static IEnumerable<MetricValues> OfRanks(NetworkSnapshot snapshot, Func<MemberPair, IReadOnlyList<Tensor>> agreements) =>
        from weight in snapshot.Parameters.Layout.Weights.Index()
        from values in Values(snapshot, "", pair => LeadingDiagonal.Of(agreements(pair)[weight.Index]))
        select values with { Component = $"{values.Component} {weight.Item.Name}" };

    /// <summary>The same on every split of the data.</summary>
    public static IEnumerable<MetricValues> OnSplits(NetworkSnapshot snapshot, Func<string, MemberPair, Tensor> measure) =>
        snapshot.Program.Splits.SelectMany(split => Values(snapshot, split.Name, pair => measure(split.Name, pair)));
}
