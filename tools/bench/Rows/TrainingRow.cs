using System.Collections.Immutable;
using Sweeper.Bench.Measuring;
using Sweeper.Bench.Peers;
using Sweeper.Bench.Results;
using Sweeper.Benchmarks;
using Sweeper.Training.Running;

namespace Sweeper.Bench.Rows;

/// <summary>Training alone, a lane-step on one core, by every engine and by PyTorch in up to three ways.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Shape">What is trained.</param>
/// <param name="TimesEager">How many times faster than PyTorch it shall be; null where that is not asked.</param>
/// <param name="ShareOfRate">Share of the multiply-add rate that is asked; null where none is.</param>
internal sealed record TrainingRow(string Name, TrainingShape Shape, double? TimesEager, double? ShareOfRate) : Row(Name, Shape.Words)
{
    private const string Unit = "us a lane-step";
    private const string Eager = "eager";

    /// <summary>The peers that can train it.</summary>
    public ImmutableArray<string> Scripts { get; init; } = [Eager, "packed", "vmapped"];

    /// <inheritdoc/>
    public override ImmutableArray<Bar> Bars =>
    [
        .. TimesEager is { } times ? [
            Bar.Times("PyTorch eager over Sweeper", times, row => row.Ratio(Eager, row.Own)) with
            {
                Ceiling = row => row.Ratio(Eager, row.Own) / row.ShareOfRate(row.Own),
            },
        ] : (Bar[])[],
        .. ShareOfRate is { } share
            ? [new Bar("of the core's multiply-add rate", 100 * share, AtLeast: true, "%", row => 100 * row.ShareOfRate(row.Own))]
            : (Bar[])[],
    ];

    /// <inheritdoc/>
    public override RowResult Measure()
    {
        var packs = Shape.Packs();
        var work = WorkFile.Together(packs);
        var lanes = work.Trials.Length;
        using var file = new TemporaryFile();
        WorkFile.Write(work, file.Path);
        Peer[] peers = Python.Ensure() ? [.. Scripts.Select(script => Peer.Start(script, file.Path, threads: 1))] : [];
        try
        {
            var rounds = new Rounds();
            var losses = new List<(string Side, double Ours, double Theirs)>();
            var own = Engines.Usual(work);
            long steps = 0;
            for (var round = 0; round < Rounds.Usual; round++)
            {
                rounds.AddProbe();
                double[] ours = [];
                foreach (var engine in Engines.For(work))
                {
                    TimedPack[] timed = [.. packs.Select(pack => TimedPack.Train(new PackRunner(), Engines.By(engine, pack)))];
                    steps = timed[0].Steps;
                    rounds.Add(engine, Unit, 1e6 * timed.Sum(pack => pack.TrainingSeconds) / steps / lanes);
                    double[] final = [.. timed.SelectMany(pack => pack.Final("loss", "train"))];
                    losses.AddRange(ours.Zip(final, (one, other) => (engine, other, one)));
                    ours = ours.Length == 0 || engine == own ? final : ours;
                }

                foreach (var peer in peers)
                {
                    var measured = peer.Round(round * lanes / Rounds.Usual);
                    rounds.Add(peer.Name, Unit, 1e6 * measured.Seconds / steps);
                    losses.AddRange(measured.Lanes.Zip(measured.Losses, (lane, theirs) => (peer.Name, ours[lane], theirs)));
                }
            }

            var difference = VoidRule.Difference(losses.Select(loss => (loss.Ours, loss.Theirs)));
            return Result(rounds) with
            {
                Own = own,
                Remark = packs.Length == 1
                    ? null
                    : $"{packs.Length} packs of {packs[0].Pack.Lanes} lanes: what a measurement of modes would take allows no more.",
                Operations = Shape.Operations,
                Peers = peers.Length == 0 ? null : peers[0].About.Words,
                Difference = difference,
                Losses = [.. losses.GroupBy(loss => loss.Side).Select(side => FormattableString.Invariant(
                    $"{side.Key}: {side.First().Theirs:G6}, Sweeper {side.First().Ours:G6} ({side.Count()} compared)"))],
                Void = peers.Length == 0
                    ? "there is no Python with PyTorch, and it could not be installed"
                    : VoidRule.Reason(peers.Select(peer => peer.About), difference),
            };
        }
        finally
        {
            foreach (var peer in peers)
            {
                peer.Dispose();
            }
        }
    }
}
