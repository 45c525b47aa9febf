using System.Collections.Immutable;
using Sweeper.Cluster;
using Sweeper.Cluster.Wire;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Chaos.Frames;

/// <summary>
/// Messages of Sweeper's own protocol that are well formed and about nothing that there is. What a member may rightly do (cancel a sweep,
/// dismiss workers, train badly under a lease that it was given) is none of them.
/// </summary>
/// <param name="random">Where all is drawn from.</param>
/// <param name="outside">A folder in which the coordinator has no business.</param>
internal sealed class SampleMessages(Random random, string outside)
{
    /// <summary>Of all of them, as in `cluster-config/sweeper.hocon`.</summary>
    public const int Serializer = 411;

    /// <summary>Leases that no sweep gets as far as.</summary>
    private const long NoLease = 1L << 40;

    /// <summary>One of them, about a sweep of this key.</summary>
    public Payload Of(string sweep)
    {
        var lease = new LeaseId(sweep, NoLease + random.Next(20));
        var pack = new Pack(new PackId(Word()), random.NextInt64(-10, 1000), random.Next(-10, 1000), random.Next());
        var checkpoint = new StagedCheckpoint(Word(), Word(), Word(), random.NextInt64(), random.NextInt64());
        var segment = new StagedSegment(Word(), Word(), Word(), random.NextInt64(), random.Next(), checkpoint);
        var step = new PackStep(random.NextInt64(), random.NextInt64(), random.Next(), []);
        ImmutableArray<Divergence> diverged = [new Divergence(random.Next(), random.NextInt64())];
        ISweeperMessage[] all =
        [
            new WorkerReady(Word(), Word(), "cpu", Word(), [new ExperimentVersion("teacher-student", random.Next(9))], "no version"),
            new LeaseRenewed(lease, Word(), Word(), step),
            new PackFailed(lease, FailureKind.Error, new Fault(ExitCode.Internal, Word())),
            new GetSweep(sweep),
            new WorkerLeaves(Word(), Word()),
            new PackLease(lease, pack, Bytes(64), 1, TimeSpan.FromSeconds(1), Word(),
                new PackStart(1, checkpoint, true)) { Engine = EngineKind.Lanes },
            new NothingNow(Word()),
            new LeaseKept(lease, Word()),
            new LeaseOver(lease),
            new Drain(lease),
            new SweepText(Word(), Word()),
            new Chunk(lease, random.Next(-5, 5), Bytes(Chunk.MaxBytes)),
            new PackFinished(lease, random.Next(), diverged, random.NextDouble()),
            new GetCheckpoint(lease, random.NextInt64()),
            new CheckpointPart(lease, random.NextInt64(), Bytes(100)),
            new ChunkAck(lease, random.Next()),
            new ChunkResend(lease, random.Next()),
            new DescribeLease(lease),
            new MayCommit(lease, segment, diverged, random.NextDouble()),
            new Committed(lease, Word()),
            new CommitDecision(lease, true),
            new SubmitSweep(new Submission(
                Word(), "{ sweep: a, experiment: teacher-student, grid: { noise: [0, 1] } }", Path.Combine(outside, Word()), RunScope.All)),
            new SubmitSweep(new Submission(
                Word(), new string('[', random.Next(100_000)), Path.Combine(outside, Word()), new RunScope(Word(), -1))),
            new DrainSweep(Word()),
            new CancelSweep(Word(), Path.Combine(outside, Word())),
            new GetStatus(Word()),
            new SweepAccepted(Word()),
            new SweepCancelled(Word(), true, true),
            new SweepUnknown(Word()),
        ];
        return Serialized(all[random.Next(all.Length)]);
    }

    private static Payload Serialized(ISweeperMessage message)
    {
        var format = WireFormats.Of(message.GetType())!;
        var writer = new WireWriter();
        format.Write(writer, message);
        return new Payload(Serializer, format.Manifest, writer.Written.ToArray());
    }

    private string Word() => $"w{random.Next(1000)}";

    private byte[] Bytes(int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }
}
