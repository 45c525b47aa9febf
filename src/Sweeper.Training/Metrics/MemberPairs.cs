using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>What metrics of pairs of members have in common.</summary>
internal static class MemberPairs
{
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
