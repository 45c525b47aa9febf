using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>Results folders in memory, which outlive whoever opens them. One writer at a time, as on disk.</summary>
internal sealed class MemoryFolders : ISweepFolders
{
    private readonly ConcurrentDictionary<string, MemoryFolder> folders = [];

    public MemoryFolder this[string path] => folders.GetOrAdd(path, _ => new MemoryFolder());

    public ISweepFolder OpenForWriting(SweepPlan plan, string path) => this[path].Open();
}

internal sealed class MemoryFolder
{
    private readonly Lock gate = new();
    private readonly List<JournalEntry> journal = [];
    private readonly Dictionary<string, MemorySegment> published = [];
    private readonly HashSet<string> staged = [];
    private readonly Dictionary<string, byte[]> checkpoints = [];

    /// <summary>Called before a segment draft takes a block.</summary>
    public Action<SegmentHeader, PackBlock> OnAppend { get; set; } = (_, _) => { };

    /// <summary>Called before a segment is published.</summary>
    public Action<StagedSegment> OnPublish { get; set; } = _ => { };

    /// <summary>Called before lines are journalled.</summary>
    public Action<JournalEntry> OnJournal { get; set; } = _ => { };

    /// <summary>Called while derived files would be written.</summary>
    public Action OnDerive { get; set; } = () => { };

    public bool IsOpen { get; private set; }

    /// <summary>How often lines were journalled: each time costs a sync.</summary>
    public int Syncs { get; private set; }

    public int Derivations { get; private set; }

    /// <summary>Workers that wait, as last told.</summary>
    public ImmutableArray<WaitingWorker> Waiting { get; private set; } = [];

    public IReadOnlyList<JournalEntry> Journal
    {
        get
        {
            lock (gate)
            {
                return [.. journal];
            }
        }
    }

    public IReadOnlyDictionary<string, MemorySegment> Published
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, MemorySegment>(published);
            }
        }
    }

    /// <summary>Names of the published checkpoints.</summary>
    public IReadOnlyList<string> Checkpoints
    {
        get
        {
            lock (gate)
            {
                return [.. checkpoints.Keys];
            }
        }
    }

    public int StagedCount
    {
        get
        {
            lock (gate)
            {
                return staged.Count;
            }
        }
    }

    public ISweepFolder Open()
    {
        lock (gate)
        {
            if (IsOpen)
            {
                throw new SweepException(ExitCode.Preflight, "the folder is held by another writer", "Wait for it to end.");
            }

            IsOpen = true;
            return new Handle(this);
        }
    }

    private sealed class Handle(MemoryFolder folder) : ISweepFolder, IJournal, ISegmentStore
    {
        public IJournal Journal => this;

        public ISegmentStore Segments => this;

        public int Epoch => 1;

        public IReadOnlyList<JournalEntry> History { get; } = [.. folder.journal];

        public void Append(params ReadOnlySpan<JournalEntry> entries)
        {
            folder.Syncs++;
            foreach (var entry in entries)
            {
                Assert.True(folder.IsOpen);
                folder.OnJournal(entry);
            }

            // All of them or none, as on disk.
            lock (folder.gate)
            {
                folder.journal.AddRange(entries);
            }
        }

        public void Derive(SweepPlan plan, SweepHistory history)
        {
            folder.OnDerive();
            folder.Derivations++;
        }

        public void Tell(ImmutableArray<WaitingWorker> waiting) => folder.Waiting = waiting;

        public ISegmentDraft Begin(SegmentHeader header) => new MemoryDraft(folder, header);

        public void Publish(StagedSegment segment)
        {
            Assert.True(folder.IsOpen);
            folder.OnPublish(segment);
            lock (folder.gate)
            {
                Assert.True(folder.staged.Remove(segment.StagedName), $"{segment.StagedName} is not staged");
                var closed = MemoryDraft.Closed[segment.Sha256];
                folder.published[segment.Name] = closed;
                if (segment.Checkpoint is { } checkpoint)
                {
                    folder.checkpoints[checkpoint.Name] = closed.Checkpoint;
                }
            }
        }

        public void Discard(StagedSegment segment)
        {
            lock (folder.gate)
            {
                folder.staged.Remove(segment.StagedName);
            }
        }

        public bool IsIntact(StagedSegment segment)
        {
            lock (folder.gate)
            {
                return folder.published.TryGetValue(segment.Name, out var there) && there.Sha256 == segment.Sha256
                    && (segment.Checkpoint is not { } checkpoint || folder.checkpoints.ContainsKey(checkpoint.Name));
            }
        }

        public ReadOnlyMemory<byte> ReadCheckpoint(StagedCheckpoint checkpoint, long offset, int length)
        {
            lock (folder.gate)
            {
                return folder.checkpoints[checkpoint.Name].AsMemory((int)offset)[..(int)Math.Min(length, checkpoint.Bytes - offset)];
            }
        }

        public void DropCheckpoints(PackId pack, StagedCheckpoint? except)
        {
            lock (folder.gate)
            {
                foreach (var name in folder.checkpoints.Keys
                    .Where(name => name.StartsWith($"{pack}-", StringComparison.Ordinal) && name != except?.Name).ToList())
                {
                    folder.checkpoints.Remove(name);
                }
            }
        }

        public void Dispose()
        {
            lock (folder.gate)
            {
                Assert.Empty(folder.staged);
                folder.IsOpen = false;
            }
        }
    }

    private sealed class MemoryDraft : ISegmentDraft
    {
        public static readonly ConcurrentDictionary<string, MemorySegment> Closed = [];

        private readonly MemoryFolder folder;
        private readonly SegmentHeader header;
        private readonly List<MeasurementBlock> blocks = [];
        private readonly List<byte> checkpoint = [];
        private long? pausedAt;
        private readonly string stagedName = Guid.NewGuid().ToString("N");
        private bool isClosed;

        public MemoryDraft(MemoryFolder folder, SegmentHeader header)
        {
            this.folder = folder;
            this.header = header;
            lock (folder.gate)
            {
                folder.staged.Add(stagedName);
            }
        }

        public void Append(PackBlock block)
        {
            folder.OnAppend(header, block);
            switch (block)
            {
                case CheckpointPiece piece:
                    pausedAt = piece.Step;
                    checkpoint.AddRange(piece.Content.Span);
                    break;
                case MeasurementBlock measured:
                    Assert.True(blocks.Count == 0 || blocks[^1].Step <= measured.Step);
                    blocks.Add(measured);
                    break;
            }
        }

        public StagedSegment Close()
        {
            isClosed = true;
            Closed[stagedName] = new MemorySegment(stagedName, header, [.. blocks], [.. checkpoint]);
            var paused = pausedAt is { } step
                ? new StagedCheckpoint(
                    $"{header.Pack}-{header.Interval}.checkpoint", "", Convert.ToHexStringLower(SHA256.HashData([.. checkpoint])),
                    checkpoint.Count, step)
                : null;
            return new StagedSegment($"{header.Pack}-{header.Interval}.parquet", stagedName, stagedName, 1, blocks.Count, paused);
        }

        public void Dispose()
        {
            if (!isClosed)
            {
                lock (folder.gate)
                {
                    folder.staged.Remove(stagedName);
                }
            }
        }
    }
}

internal sealed record MemorySegment(string Sha256, SegmentHeader Header, IReadOnlyList<MeasurementBlock> Blocks, byte[] Checkpoint);
