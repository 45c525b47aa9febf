using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Preflight;
using Xunit;

namespace Sweeper.Tests.Preflight;

public sealed class ClusterVerdictTests
{
    private static readonly NodeFacts Node = new(
        "lab1", "192.0.2.1", 4711, "1.0.0", "2.10.0", ["cuda:0", "cuda:1"], [], ["torch 2.10.0, cuda"], 16, 1L << 36, 1L << 40, 0.1, []);
    private static readonly NodeTrials Works = new([1, 2], true, 0.2, []);
    private static readonly ClusterDoctor.Findings Fit = new(
        [Node, Node with { Node = "lab2" }], [Works, Works with { Claims = [0, 3] }], true, true);

    [Fact]
    public void Nodes_that_are_alike_and_work_together_are_fit() => Assert.Empty(ClusterVerdict.Of(Fit, gpus: 2, isMixed: false));

    [Fact]
    public void A_file_that_two_nodes_made_exclusively_will_not_do() =>
        Assert.Contains(
            "make the same file exclusively", Only(Fit with { Trials = [Works, Works with { Claims = [2] }] }), StringComparison.Ordinal);

    [Fact]
    public void A_lock_that_keeps_another_node_not_out_will_not_do() =>
        Assert.StartsWith("lab2 could take a lock that lab1 held",
            Only(Fit with { Trials = [Works, Fit.Trials[1] with { WasLockedOut = false }] }), StringComparison.Ordinal);

    [Fact]
    public void A_lock_that_stays_will_not_do() =>
        Assert.StartsWith("a lock that a node gave up", Only(Fit with { IsLockFreed = false }), StringComparison.Ordinal);

    [Fact]
    public void A_rename_that_is_not_seen_will_not_do() =>
        Assert.StartsWith(
            "lab2 did not see", Only(Fit with { Trials = [Works, Fit.Trials[1] with { Renames = null }] }), StringComparison.Ordinal);

    [Fact]
    public void A_node_that_others_do_not_reach_will_not_do_and_few_are_named_of_many()
    {
        Assert.Equal("lab2 does not reach lab1 at 192.0.2.1:4711 (refused)",
            Only(Fit with { Trials = [Works, Fit.Trials[1] with { Unreachable = ["lab1 at 192.0.2.1:4711 (refused)"] }] }));
        Assert.Equal("lab2 does not reach a, b, c and 2 others",
            Only(Fit with { Trials = [Works, Fit.Trials[1] with { Unreachable = ["a", "b", "c", "d", "e"] }] }));
    }

    [Fact]
    public void Versions_have_to_be_alike() => Assert.Equal(
        "versions of Sweeper differ: 1.0.0 on lab1; 1.1.0 on lab2", Only(
            Fit with { Nodes = [Node, Node with { Node = "lab2", Sweeper = "1.1.0" }] }));

    [Fact]
    public void Numbers_have_to_be_alike_unless_they_may_differ()
    {
        var other = Fit with { Nodes = [Node, Node with { Node = "lab2", Numerics = ["torch 2.10.0, cpu avx2"] }] };
        Assert.Equal("kinds of numbers differ: torch 2.10.0, cuda on lab1; torch 2.10.0, cpu avx2 on lab2", Only(other));
        Assert.Empty(ClusterVerdict.Of(other, gpus: null, isMixed: true));
    }

    [Fact]
    public void Nodes_that_could_not_go_on_with_a_folder_will_not_do()
    {
        var other = Fit with { Nodes = [Node, Node with { Node = "lab2", Numerics = ["torch 2.10.0, cpu avx2"] }] };
        NumericsRefusal? Refusal(string numerics) =>
            NumericsRefusal.Of("", ["torch 2.10.0, cpu avx512, MKL auto strict"], numerics, EngineKind.Torch, null, isMixed: false);

        Assert.Equal(
            [
                "lab1 computes with other numbers than this sweep was begun with: cuda / cpu avx512",
                "lab2 computes with other numbers than this sweep was begun with: cpu avx2 / cpu avx512, none / MKL auto strict",
            ],
            ClusterVerdict.Of(other, gpus: null, isMixed: true, Refusal).Select(fault => fault.Problem));
        Assert.StartsWith("lab1, lab2 computes with other numbers",
            Assert.Single(ClusterVerdict.Of(Fit, gpus: null, isMixed: false, Refusal)).Problem, StringComparison.Ordinal);
        Assert.Empty(ClusterVerdict.Of(other, gpus: null, isMixed: true, _ => null));
    }

    [Fact]
    public void Missing_GPUs_and_what_a_node_says_of_itself_will_not_do()
    {
        Assert.Equal("lab2 has 1 of 2 GPUs", Only(Fit with { Nodes = [Node, Node with { Node = "lab2", Devices = ["cuda:0"] }] }));
        Assert.Equal("lab1 has 0 of 2 GPUs", Only(Fit with { Nodes = [Node with { Devices = ["cpu"] }, Fit.Nodes[1]] }));
        Assert.Equal("lab1: libtorch is gone", Only(Fit with { Nodes = [Node with { Devices = [], Numerics = [],
            Faults = [new NodeFault("libtorch is gone", "")] }, Fit.Nodes[1]] }));
    }

    [Theory]
    [InlineData(1.9, 0)]
    [InlineData(-2.1, 1)]
    [InlineData(600, 1)]
    public void A_clock_that_differs_is_noted_and_does_no_harm(double seconds, int notes)
    {
        var skewed = Fit with { Nodes = [Node, Node with { Node = "lab2", Skew = seconds }] };
        Assert.Empty(ClusterVerdict.Of(skewed, gpus: 2, isMixed: false));
        Assert.Equal(notes, ClusterVerdict.Notes(skewed.Nodes).Count(note => note.Contains("lab2", StringComparison.Ordinal)));
    }

    private static string Only(ClusterDoctor.Findings found) => Assert.Single(ClusterVerdict.Of(found, gpus: 2, isMixed: false)).Problem;
}
