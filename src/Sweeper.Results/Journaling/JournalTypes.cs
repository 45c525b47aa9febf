using System.Text.Json.Serialization;
using Sweeper.Core.Journal;

namespace Sweeper.Results.Journaling;

/// <summary>What the lines of a journal are made of.</summary>
[JsonSerializable(typeof(JournalLine.Body))]
[JsonSerializable(typeof(JournalEntry.Opened))]
[JsonSerializable(typeof(JournalEntry.Planned))]
[JsonSerializable(typeof(JournalEntry.NumericsFrozen))]
[JsonSerializable(typeof(JournalEntry.Leased))]
[JsonSerializable(typeof(JournalEntry.AttemptEnded))]
[JsonSerializable(typeof(JournalEntry.CommitGranted))]
[JsonSerializable(typeof(JournalEntry.Committed))]
[JsonSerializable(typeof(JournalEntry.Merged))]
[JsonSerializable(typeof(JournalEntry.PackFailed))]
[JsonSerializable(typeof(JournalEntry.SegmentLost))]
[JsonSerializable(typeof(JournalEntry.Retried))]
[JsonSerializable(typeof(JournalEntry.Pruned))]
[JsonSerializable(typeof(JournalEntry.Split))]
[JsonSerializable(typeof(List<ScheduleConverter.Run>))]
internal sealed partial class JournalTypes : JsonSerializerContext;
