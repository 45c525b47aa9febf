using System.Collections.Immutable;
using Sweeper.Training.Data;

namespace Sweeper.Training.Phases;

/// <summary>
/// How the networks of a trial descend from each other: trunks that begin apart, each of which parts at a step into branches
/// (linear mode connectivity: Frankle et al. 2020; Yunis et al. 2024, section 5.2). Member t * Branches + b is branch b of trunk t.
/// </summary>
/// <param name="Trunks">Networks with initial weights and orders of their own.</param>
/// <param name="Branches">Copies into which each of them parts.</param>
/// <param name="Split">Steps done before they part; negative for never.</param>
internal sealed record Branching(int Trunks, int Branches, long Split)
{
    /// <summary>One network that never parts.</summary>
    public static Branching None { get; } = new(1, 1, -1);

    /// <summary>Networks of a trial.</summary>
    public int Members => Trunks * Branches;

    /// <summary>Whether branches leave their trunk at all.</summary>
    public bool IsSplit => Split >= 0;

    /// <summary>
    /// All pairs of members, `0-1`; then all pairs of the same trunk, and all pairs of different trunks with the same branch
    /// number. A trial of one network has the empty group `same trunk`.
    /// </summary>
    public ImmutableArray<MemberGroup> Groups
    {
        get
        {
            MemberPair[] pairs = [.. Enumerable.Range(0, Members)
                .SelectMany(first => Enumerable.Range(first + 1, Members - first - 1), (first, second) => new MemberPair(first, second))];
            var groups = pairs.Select(pair => new MemberGroup($"{pair.First}-{pair.Second}", [pair]));
            if (Branches > 1 || Trunks == 1)
            {
                groups = groups.Append(new MemberGroup(
                    "same trunk", [.. pairs.Where(pair => TrunkOf(pair.First) == TrunkOf(pair.Second))]));
            }

            return [.. Trunks > 1
                ? groups.Append(new MemberGroup(
                    "different trunks", [.. pairs.Where(pair => BranchOf(pair.First) == BranchOf(pair.Second))])) : groups];
        }
    }

    /// <summary>Which trunk a member belongs to.</summary>
    public int TrunkOf(int member) => member / Branches;

    /// <summary>Which branch of its trunk a member is.</summary>
    public int BranchOf(int member) => member % Branches;

    /// <summary>
    /// Training to the end. At the split all branches take over the whole state of their trunk, optimizer and clock included;
    /// masks too. Without a split, the trunks are trained to the end.
    /// </summary>
    /// <param name="steps">Steps of trunk and branch together.</param>
    /// <param name="orders">Orders that begin at the split; null where branches go on with the trunk's.</param>
    /// <param name="change">Made at the split; null for none.</param>
    public ImmutableArray<Phase> Phases(long steps, Batches? orders, IEdit? change)
    {
        if (!IsSplit)
        {
            return [new Phase.Train(steps)];
        }

        ImmutableArray<Phase> split = [new Phase.Train(Split), Fork(orders)];
        return [.. change is null ? split : split.Add(new Phase.Edit(change)), new Phase.Train(steps)];
    }

    /// <summary>All branches take over the state of their trunk's first.</summary>
    /// <param name="orders">Orders that begin then; null where branches go on with the trunk's.</param>
    public Phase.Fork Fork(Batches? orders = null) =>
        new([.. Enumerable.Range(0, Members).Select(member => member - BranchOf(member))], orders);
}

/// <summary>Two networks of a trial.</summary>
internal sealed record MemberPair(int First, int Second);

/// <summary>Pairs whose measurements are averaged, under the name of a component.</summary>
internal sealed record MemberGroup(string Name, ImmutableArray<MemberPair> Pairs);
