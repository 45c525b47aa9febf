using System.Collections.Frozen;
using Sweeper.Cluster.Joining;
using Sweeper.Cluster.Status;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Wire;

/// <summary>How each message is written: one entry a message. A manifest is never given to another message.</summary>
internal static class WireFormats
{
    private static readonly WireFormat[] All =
    [
        Format("ready",
            (w, m) => { w.Text(m.Worker);
            w.Text(m.Incarnation); w.Text(m.Device); w.Text(m.Numerics); w.List(m.Experiments, Write); w.Text(m.Version); },
            r => new WorkerReady(r.Text(), r.Text(), r.Text(), r.Text(), r.List(ReadExperiment), r.Text())),
        Format("renew",
            (w, m) => { Write(w, m.Lease); w.Text(m.Worker); w.Text(m.Incarnation); Write(w, m.At); },
            r => new LeaseRenewed(ReadLease(r), r.Text(), r.Text(), ReadStep(r))),
        Format("failed", (w, m) => { Write(w, m.Lease); w.Byte((byte)m.Kind); Write(w, m.Fault); },
            r => new PackFailed(ReadLease(r), (FailureKind)r.Byte(), ReadFault(r))),
        Format("get-sweep", (w, m) => w.Text(m.Sweep), r => new GetSweep(r.Text())),

        Format("lease",
            (w, m) => { Write(w, m.Lease); Write(w, m.Pack);
            w.Bytes(m.Wanted.Span); w.Int(m.Attempt); w.Time(m.RenewEvery); w.Text(m.Aggregator); Write(w, m.Start); Write(w, m.Engine); },
            r => new PackLease(ReadLease(r), ReadPack(r), r.Bytes(), r.Int(), r.Time(), r.Text(), ReadStart(r)) 
            {
                Engine = ReadEngine(r),
            }),
        Format("leaves", (w, m) => { w.Text(m.Worker); w.Text(m.Incarnation); }, r => new WorkerLeaves(r.Text(), r.Text())),
        Format("nothing", (w, m) => w.Text(m.Reason), r => new NothingNow(r.Text())),
        Format("kept", (w, m) => { Write(w, m.Lease); w.Text(m.Aggregator); }, r => new LeaseKept(ReadLease(r), r.Text())),
        Format("over", (w, m) => Write(w, m.Lease), r => new LeaseOver(ReadLease(r))),
        Format("drain", (w, m) => Write(w, m.Lease), r => new Drain(ReadLease(r))),
        Format("sweep", (w, m) => { w.Text(m.Sweep); w.Text(m.Text); }, r => new SweepText(r.Text(), r.Text())),

        Format("chunk", (w, m) => { Write(w, m.Lease);
        w.Int(m.Sequence); w.Bytes(m.Bytes.Span); }, r => new Chunk(ReadLease(r), r.Int(), r.Bytes())),
        Format("finished", (w, m) => { Write(w, m.Lease); w.Int(m.Chunks); w.List(m.Diverged, Write); w.Double(m.WallSeconds); },
            r => new PackFinished(ReadLease(r), r.Int(), r.List(ReadDivergence), r.Double())),
        Format("ack", (w, m) => { Write(w, m.Lease); w.Int(m.UpTo); }, r => new ChunkAck(ReadLease(r), r.Int())),
        Format("resend", (w, m) => { Write(w, m.Lease); w.Int(m.From); }, r => new ChunkResend(ReadLease(r), r.Int())),

        Format("get-state", (w, m) => { Write(w, m.Lease); w.Long(m.Offset); }, r => new GetCheckpoint(ReadLease(r), r.Long())),
        Format("checkpoint", (w, m) => { Write(w, m.Lease);
        w.Long(m.Offset); w.Bytes(m.Bytes.Span); }, r => new CheckpointPart(ReadLease(r), r.Long(), r.Bytes())),

        Format("describe", (w, m) => Write(w, m.Lease), r => new DescribeLease(ReadLease(r))),
        Format("may-commit",
            (w, m) => { Write(w, m.Lease); Write(w, m.Segment); w.List(m.Diverged, Write); w.Double(m.WallSeconds); },
            r => new MayCommit(ReadLease(r), ReadSegment(r), r.List(ReadDivergence), r.Double())),
        Format("committed", (w, m) => { Write(w, m.Lease); w.Text(m.Segment); }, r => new Committed(ReadLease(r), r.Text())),
        Format("decision", (w, m) => { Write(w, m.Lease); w.Flag(m.Granted); }, r => new CommitDecision(ReadLease(r), r.Flag())),

        Format("submit",
            (w, m) => Write(w, m.Sweep), r => new SubmitSweep(ReadSubmission(r))),
        Format("drain-sweep", (w, m) => w.Text(m.Submission), r => new DrainSweep(r.Text())),
        Format("cancel", (w, m) => { w.Text(m.Id); w.Text(m.Folder); }, r => new CancelSweep(r.Text(), r.Text())),
        Format("cancelled", (w, m) => { w.Text(m.Id);
        w.Flag(m.IsRunning); w.Flag(m.WasRunning); }, r => new SweepCancelled(r.Text(), r.Flag(), r.Flag())),
        Format("drain-work", (w, m) => w.List(m.Names, (to, name) => to.Text(name)), r => new DrainWorkers(r.List(from => from.Text()))),
        Format("workers", (w, m) => w.List(m.Names, (to, name) => to.Text(name)), r => new WorkersThere(r.List(from => from.Text()))),
        Format("dismissed", (_, _) => { }, _ => new Dismissed()),
        Format("get-status", (w, m) => w.Text(m.Submission), r => new GetStatus(r.Text())),
        Format("accepted", (w, m) => w.Text(m.Submission), r => new SweepAccepted(r.Text())),
        Format("refused", (w, m) => { w.Text(m.Submission); Write(w, m.Fault); }, r => new SweepRefused(r.Text(), ReadFault(r))),
        Format("unknown", (w, m) => w.Text(m.Submission), r => new SweepUnknown(r.Text())),
        Format("status", Write, ReadStatus),

        Format("knock", (_, _) => { }, _ => new Knock()),
        Format("knocked", (w, m) => { w.Int(m.Incarnation); w.Text(m.Objection); }, r => new KnockAnswered(r.Int(), r.Text())),
    ];

    private static readonly FrozenDictionary<Type, WireFormat> ByType = All.ToFrozenDictionary(format => format.Type);
    private static readonly FrozenDictionary<string, WireFormat> ByManifest = All.ToFrozenDictionary(format => format.Manifest);

    /// <summary>By message type, or null for a type without a line here.</summary>
    public static WireFormat? Of(Type type) => ByType.GetValueOrDefault(type);

    /// <summary>By manifest, or null.</summary>
    public static WireFormat? Of(string manifest) => ByManifest.GetValueOrDefault(manifest);

    private static WireFormat Format<T>(string manifest, Action<WireWriter, T> write, Func<WireReader, T> read)
        where T : class, ISweeperMessage =>
        new(typeof(T), manifest, (writer, message) => write(writer, (T)message), read);

    private static void Write(WireWriter w, Submission s)
    {
        w.Text(s.Id); w.Text(s.Text); w.Text(s.Folder); w.OptionalText(s.Scope.Only); w.Long(s.Scope.Limit);
        w.Flag(s.Rules is not null);
        if (s.Rules is { } rules) { Write(w, rules); }
    }

    private static Submission ReadSubmission(WireReader r) =>
        new(r.Text(), r.Text(), r.Text(), new RunScope(r.OptionalText(), r.Long()), r.Flag() ? ReadRules(r) : null);

    private static void Write(WireWriter w, RunRules rules)
    {
        w.Flag(rules.FailFast); w.Flag(rules.Mixed); w.Flag(rules.Engine is not null);
        if (rules.Engine is { } engine) { Write(w, engine); }
    }

    private static RunRules ReadRules(WireReader r) => new(r.Flag(), r.Flag()) { Engine = r.Flag() ? ReadEngine(r) : null };

    private static void Write(WireWriter w, EngineKind engine) => w.Byte((byte)engine);

    private static EngineKind ReadEngine(WireReader r) => (EngineKind)r.Byte() is var engine && Enum.IsDefined(engine)
        ? engine
        : throw new InvalidDataException("a message names an engine that there is not");

    private static void Write(WireWriter w, LeaseId lease) { w.Text(lease.Sweep); w.Long(lease.Number); }

    private static LeaseId ReadLease(WireReader r) => new(r.Text(), r.Long());

    private static void Write(WireWriter w, ExperimentVersion experiment) { w.Text(experiment.Name); w.Int(experiment.Version); }

    private static ExperimentVersion ReadExperiment(WireReader r) => new(r.Text(), r.Int());

    private static void Write(WireWriter w, Pack pack) { w.Text(pack.Id.Name); w.Long(pack.First); w.Int(pack.Count); w.Int(pack.Lanes); }

    private static Pack ReadPack(WireReader r) => new(new PackId(r.FileName()), r.Long(), r.Int(), r.Int());

    private static void Write(WireWriter w, Divergence divergence) { w.Int(divergence.Trial); w.Long(divergence.Step); }

    private static Divergence ReadDivergence(WireReader r) => new(r.Int(), r.Long());

    private static void Write(WireWriter w, PackStart start) { w.Int(start.Interval);
    WriteOptional(w, start.From); w.Flag(start.MayPause); }

    private static PackStart ReadStart(WireReader r) => new(r.Int(), ReadCheckpoint(r), r.Flag());

    private static void WriteOptional(WireWriter w, StagedCheckpoint? checkpoint)
    {
        w.Flag(checkpoint is not null);
        if (checkpoint is { } c) { w.Text(c.Name); w.Text(c.StagedName); w.Text(c.Sha256); w.Long(c.Bytes); w.Long(c.Step); }
    }

    private static StagedCheckpoint? ReadCheckpoint(WireReader r) =>
        r.Flag() ? new(r.FileName(), r.FileName(), r.Text(), r.Long(), r.Long()) : null;

    private static void Write(WireWriter w, StagedSegment s)
    {
        w.Text(s.Name); w.Text(s.StagedName); w.Text(s.Sha256); w.Long(s.Bytes); w.Long(s.Rows); WriteOptional(w, s.Checkpoint);
    }

    private static StagedSegment ReadSegment(WireReader r) =>
        new(r.FileName(), r.FileName(), r.Text(), r.Long(), r.Long(), ReadCheckpoint(r));

    private static void Write(WireWriter w, Fault f) { w.Byte((byte)f.ExitCode);
    w.Text(f.Problem); w.OptionalText(f.Place); w.OptionalText(f.Remedy); }

    private static Fault ReadFault(WireReader r) => new((ExitCode)r.Byte(), r.Text(), r.OptionalText(), r.OptionalText());

    private static void Write(WireWriter w, PackStep s) { w.Long(s.Step); w.Long(s.LastStep); w.Int(s.Alive); w.List(s.Headline, Write); }

    private static PackStep ReadStep(WireReader r) => new(r.Long(), r.Long(), r.Int(), r.List(ReadPoint));

    private static void Write(WireWriter w, CurvePoint point) { w.Long(point.Step); w.Double(point.Value); }

    private static CurvePoint ReadPoint(WireReader r) => new(r.Long(), r.Double());

    private static void Write(WireWriter w, PackProgress p)
    {
        w.Text(p.Pack.Name);
        w.Text(p.Worker);
        w.Int(p.Attempt);
        w.Int(p.Trials);
        w.Int(p.Alive);
        w.Long(p.Step);
        w.Long(p.LastStep);
        w.List(p.Headline, Write);
    }

    private static PackProgress ReadProgress(WireReader r) =>
        new(new PackId(r.Text()), r.Text(), r.Int(), r.Int(), r.Int(), r.Long(), r.Long(), r.List(ReadPoint));

    private static void Write(WireWriter w, WorkerStatus worker) { w.Text(worker.Worker);
    w.Text(worker.Device); w.OptionalText(worker.Reason); }

    private static WorkerStatus ReadWorker(WireReader r) => new(r.Text(), r.Text(), r.OptionalText());

    private static void Write(WireWriter w, TrialCounts t)
    {
        w.Long(t.Total);
        w.Long(t.Committed);
        w.Long(t.Diverged);
        w.Long(t.Failed);
        w.Long(t.Pending);
        w.Long(t.Running);
    }

    private static TrialCounts ReadCounts(WireReader r) => new(r.Long(), r.Long(), r.Long(), r.Long(), r.Long(), r.Long());

    private static void Write(WireWriter w, SweepWork work)
    {
        w.Double(work.Share);
        w.Flag(work.Left is not null);
        if (work.Left is { } left) { w.Time(left.From); w.Time(left.To); }
    }

    private static SweepWork ReadWork(WireReader r) => new(r.Double(), r.Flag() ? new TimeRange(r.Time(), r.Time()) : null);

    private static void Write(WireWriter w, SweepStatus status)
    {
        w.Text(status.Submission);
        w.Text(status.Sweep);
        w.Byte((byte)status.State);
        Write(w, status.Trials);
        w.Int(status.Packs);
        w.Int(status.PacksDone);
        Write(w, status.Work);
        w.List(status.Running, Write);
        w.List(status.Workers, Write);
        w.OptionalText(status.Warning);
        w.Flag(status.Fault is not null);
        if (status.Fault is not null)
        {
            Write(w, status.Fault);
        }

        w.Int(status.ExitCode is { } code ? (int)code : -1);
    }

    private static SweepStatus ReadStatus(WireReader r) => new(
        r.Text(), r.Text(), (SweepState)r.Byte(), ReadCounts(r), r.Int(), r.Int(), ReadWork(r), r.List(ReadProgress), r.List(ReadWorker),
        r.OptionalText(), r.Flag() ? ReadFault(r) : null, r.Int() is >= 0 and var code ? (ExitCode)code : null);
}

/// <summary>How one message type is written and read.</summary>
internal sealed record WireFormat(
    Type Type, string Manifest, Action<WireWriter, ISweeperMessage> Write, Func<WireReader, ISweeperMessage> Read);
