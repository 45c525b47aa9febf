using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Sweeper.Training.Phases;

/// <summary>Which lane is which member of which trial: the members of a trial are neighbours.</summary>
/// <param name="Count">Number of lanes, K; those beyond the last complete trial stand idle.</param>
/// <param name="Members">Networks of a trial, M.</param>
internal sealed record LaneMap(long Count, int Members)
{
    /// <summary>Number of trials there is room for, K / M.</summary>
    public long Trials => Count / Members;

    /// <summary>Of [K, ...] the lanes of one member, [K / M, ...]: a view.</summary>
    public Tensor Of(int member, Tensor lanes) => lanes.slice(0, member, Trials * Members, Members);

    /// <summary>Of [K, ...] the lanes of each trial, [K / M, M, ...].</summary>
    public Tensor ByTrial(Tensor lanes) => lanes.narrow(0, 0, Trials * Members).reshape([Trials, Members, .. lanes.shape[1..]]);

    /// <summary>Of which lane each lane takes over, [K], when members take over from their parents.</summary>
    public Tensor Parents(ImmutableArray<int> parents) => tensor(
        [.. Enumerable.Range(0, (int)Count)
            .Select(lane => lane < Trials * Members ? (long)(lane - lane % Members + parents[lane % Members]) : lane)]);
}
