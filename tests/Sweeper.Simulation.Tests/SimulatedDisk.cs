using System.Collections.Immutable;
using System.Security.Cryptography;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Simulation.Tests;

/// <summary>A results folder, and the queue of a coordinator, on a disk that all processes share and that survives them.</summary>
internal sealed class SimulatedDisk : ISubmissionStore
{
    private readonly Dictionary<string, SimulatedSegment> staged = [];
    private ImmutableArray<Submission> submissions = [];
    private SimulatedProcess? holder;
    private int epoch;
    private int files;

    /// <summary>Every line that was ever written, with the epoch of its writer.</summary>
    public List<(int Epoch, JournalEntry Entry)> Lines { get; } = [];

    public Dictionary<string, SimulatedSegment> Published { get; } = [];

    public Dictionary<string, byte[]> Checkpoints { get; } = [];

    public int StagedCount => staged.Count;

    public bool IsFull { get; set; }

    public bool IsSlow { get; set; }

    public ImmutableArray<Submission> Load() => submissions;

    public void Save(ImmutableArray<Submission> submissions)
    {
        Write();
        this.submissions = submissions;
    }

    /// <summary>The folder, as a process sees it.</summary>
    public ISweepFolders For(SimulatedProcess process) => new Folders(this, process);

    private void Write()
    {
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }
    }

    private sealed class Folders(SimulatedDisk disk, SimulatedProcess process) : ISweepFolders
    {
        public ISweepFolder OpenForWriting(SweepPlan plan, string path) => new Handle(disk, process);
    }

    /// <summary>The folder, held by a process.</summary>
    internal sealed class Handle : ISweepFolder, IJournal, ISegmentStore
    {
        private readonly SimulatedDisk disk;
        private readonly SimulatedProcess process;

        public Handle(SimulatedDisk disk, SimulatedProcess process)
        {
            if (disk.holder is { IsAlive: true, Sleeps: false } other && other != process)
            {
                throw new SweepException(ExitCode.Preflight, "the folder is held by another writer", "Wait for it to end.");
            }

            disk.Write();
            (this.disk, this.process, disk.holder) = (disk, process, process);
            Epoch = ++disk.epoch;
            Recover();
        }

        public IJournal Journal => this;

        public ISegmentStore Segments => this;

        public int Epoch { get; }

        public IReadOnlyList<JournalEntry> History { get; private set; } = [];

        /// <summary>Whether the right to write was confirmed a while ago, as it is before every write that takes long.</summary>
        public bool WasChecked { get; set; }

        public void Check()
        {
            if (!WasChecked && disk.epoch != Epoch)
            {
                throw new SweepException(ExitCode.Preflight, "another coordinator took this folder over", "Look at it.");
            }
        }

        public void Append(params ReadOnlySpan<JournalEntry> entries)
        {
            Check();
            disk.Write();
            foreach (var entry in entries)
            {
                disk.Lines.Add((Epoch, entry));
            }
        }

        public void Derive(SweepPlan plan, SweepHistory history) => disk.Write();

        public ISegmentDraft Begin(SegmentHeader header) => new Draft(disk, header);

        public void Publish(StagedSegment segment)
        {
            Check();
            PublishRows(segment);
            PublishCheckpoint(segment);
        }

        /// <summary>The first half of a publication.</summary>
        public void PublishRows(StagedSegment segment)
        {
            if (!disk.staged.Remove(segment.StagedName, out var closed))
            {
                throw new IOException($"{segment.StagedName} is not there");
            }

            disk.Published[segment.Name] = closed;
        }

        private void PublishCheckpoint(StagedSegment segment)
        {
            if (segment.Checkpoint is { } checkpoint)
            {
                disk.Checkpoints[checkpoint.Name] = disk.Published[segment.Name].Checkpoint;
            }
        }

        public void Discard(StagedSegment segment) => disk.staged.Remove(segment.StagedName);

        public bool IsIntact(StagedSegment segment) =>
            IsInPlace(segment) && (segment.Checkpoint is not { } checkpoint
                || (disk.Checkpoints.TryGetValue(checkpoint.Name, out var bytes) && HashOf(bytes) == checkpoint.Sha256));

        private bool IsInPlace(StagedSegment segment) =>
            disk.Published.TryGetValue(segment.Name, out var there) && there.Sha256 == segment.Sha256;

        public ReadOnlyMemory<byte> ReadCheckpoint(StagedCheckpoint checkpoint, long offset, int length) =>
            disk.Checkpoints[checkpoint.Name].AsMemory((int)offset)[..(int)Math.Min(length, checkpoint.Bytes - offset)];

        public void DropCheckpoints(PackId pack, StagedCheckpoint? except)
        {
            foreach (var name in disk.Checkpoints.Keys
                .Where(name => name.StartsWith($"{pack}-", StringComparison.Ordinal) && name != except?.Name).ToList())
            {
                disk.Checkpoints.Remove(name);
            }
        }

        public void Dispose()
        {
            if (disk.holder == process)
            {
                disk.holder = null;
            }
        }

        /// <summary>
        /// As the real folder does when it is opened: granted renames are finished, pauses without their checkpoint given up, left-overs
        /// removed.
        /// </summary>
        private void Recover()
        {
            var order = new EpochOrder();
            var history = SweepHistory.Fold(disk.Lines.Where(line => order.Counts(line.Epoch)).Select(line => line.Entry));
            foreach (var granted in history.Unreported.Select(commit => commit.Segment))
            {
                if (IsInPlace(granted))
                {
                    PublishCheckpoint(granted);
                }
                else if (disk.staged.TryGetValue(granted.StagedName, out var closed) && closed.Sha256 == granted.Sha256)
                {
                    PublishRows(granted);
                    PublishCheckpoint(granted);
                }
            }

            foreach (var paused in history.Begun.Values.Where(paused => !IsIntact(paused.File)).ToList())
            {
                disk.Lines.Add((Epoch, new JournalEntry.SegmentLost(paused.File.Name, "its checkpoint is missing", default)));
            }

            order = new EpochOrder();
            History = [.. disk.Lines.Where(line => order.Counts(line.Epoch)).Select(line => line.Entry)];
            var inUse = SweepHistory.Fold(History).CheckpointsInUse(_ => true).ToHashSet();
            foreach (var unused in disk.Checkpoints.Keys.Where(name => !inUse.Contains(name)).ToList())
            {
                disk.Checkpoints.Remove(unused);
            }

            disk.staged.Clear();
        }
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Draft(SimulatedDisk disk, SegmentHeader header) : ISegmentDraft
    {
        private readonly string name = $"{header.Pack}-{header.Lease}-{++disk.files}";
        private readonly List<MeasurementBlock> blocks = [];
        private readonly List<byte> checkpoint = [];
        private long pausedAt = -1;

        public void Append(PackBlock block)
        {
            switch (block)
            {
                case CheckpointPiece piece:
                    pausedAt = piece.Step;
                    checkpoint.AddRange(piece.Content.Span);
                    break;
                case MeasurementBlock measured:
                    blocks.Add(measured);
                    break;
            }
        }

        public StagedSegment Close()
        {
            disk.Write();
            byte[] bytes = [.. checkpoint];
            disk.staged[name] = new SimulatedSegment(name, header, [.. blocks], bytes);
            var paused = pausedAt < 0 ? null
                : new StagedCheckpoint($"{header.Pack}-{header.Interval}.checkpoint", name, HashOf(bytes), bytes.Length, pausedAt);
            return new StagedSegment($"{header.Pack}-{header.Interval}.parquet", name, name, 1, blocks.Count, paused);
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>A closed segment. Its hash is its name: that of another attempt differs.</summary>
internal sealed record SimulatedSegment(string Sha256, SegmentHeader Header, ImmutableArray<MeasurementBlock> Blocks, byte[] Checkpoint);
