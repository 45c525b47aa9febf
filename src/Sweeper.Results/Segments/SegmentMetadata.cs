using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sweeper.Core.Experiments;
using Sweeper.Core.Measurements;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Journaling;
using Sweeper.Results.Tables;

namespace Sweeper.Results.Segments;

/// <summary>
/// What a segment says of itself in its footer: enough to read it alone, and to rebuild the journal from it. Neither
/// lease nor worker nor time: equal rows are equal bytes.
/// </summary>
/// <param name="Pack">Whose rows.</param>
/// <param name="Trials">Measured trials, in canonical order.</param>
/// <param name="Schedule">What was measured.</param>
/// <param name="Interval">Which of its pack's segments, from 0.</param>
/// <param name="PausedAt">The step after which its pack paused, so that another segment follows; null for the last one.</param>
/// <param name="Experiment">Name and version: `teacher-student@1`.</param>
internal sealed record SegmentMetadata(
    PackId Pack, ImmutableArray<TrialId> Trials, MeasureSchedule Schedule, int Interval, long? PausedAt, string Experiment)
{
    private const string Format = "sweeper.format";
    private const string ExperimentKey = "sweeper.experiment";
    private const string IntervalKey = "sweeper.interval";
    private const string PauseKey = "sweeper.paused_at";
    private const string PackKey = "sweeper.pack";
    private const string ScheduleKey = "sweeper.schedule";
    private const string TrialsKey = "sweeper.trials";

    /// <summary>Version of a segment's columns and footer.</summary>
    public const string CurrentFormat = "1";

    /// <summary>The footer's entries for the rows of a pack; <paramref name="trials"/> in canonical order.</summary>
    public static Dictionary<string, string> Describe(SegmentHeader header, IReadOnlyList<Trial> trials)
    {
        var experiment = header.Trials[0].Point.Experiment;
        var varying = Enumerable.Range(0, experiment.Hyperparameters.Length)
            .Where(place => trials.Any(trial => trial.Point.Values[place] != trials[0].Point.Values[place]))
            .ToHashSet();
        return new()
        {
            [Format] = CurrentFormat,
            [ExperimentKey] = NameOf(experiment),
            [PackKey] = header.Pack.Name,
            [IntervalKey] = Invariant(header.Interval),
            [ScheduleKey] = JsonSerializer.Serialize(header.Schedule, JournalJson.Options),
            ["sweeper.fixed"] = JsonSerializer.Serialize(Values(trials[0].Point, place => !varying.Contains(place))),
            [TrialsKey] = JsonSerializer.Serialize(trials.Select(trial => new Dictionary<string, object>
            {
                ["trial_id"] = trial.Id.Hex,
                ["curve_id"] = trial.CurveId.Hex,
                ["seed"] = trial.Seed,
                ["hyperparameters"] = Values(trial.Point, varying.Contains),
            })),
        };
    }

    /// <summary>Adds that more of the pack follows.</summary>
    public static void DescribePause(TableWriter table, long step) => table.Describe(PauseKey, Invariant(step));

    /// <summary>Reads a footer's entries; throws <see cref="FormatException"/> when they are not a segment's.</summary>
    public static SegmentMetadata Read(IReadOnlyDictionary<string, string> footer)
    {
        if (footer.GetValueOrDefault(Format) != CurrentFormat)
        {
            throw new FormatException($"it is not a segment of format {CurrentFormat}");
        }

        using var trials = JsonDocument.Parse(footer[TrialsKey]);
        return new SegmentMetadata(
            new PackId(footer[PackKey]),
            [.. trials.RootElement.EnumerateArray().Select(trial => new TrialId(trial.GetProperty("trial_id").GetString()!))],
            JsonSerializer.Deserialize<MeasureSchedule>(footer[ScheduleKey], JournalJson.Options)!,
            int.Parse(footer[IntervalKey], CultureInfo.InvariantCulture),
            footer.GetValueOrDefault(PauseKey) is { } paused ? long.Parse(paused, CultureInfo.InvariantCulture) : null,
            footer[ExperimentKey]);
    }

    /// <summary>An experiment as footers name it.</summary>
    public static string NameOf(ExperimentDeclaration experiment) =>
        string.Create(CultureInfo.InvariantCulture, $"{experiment.Name}@{experiment.Version}");

    private static Dictionary<string, object> Values(Point point, Func<int, bool> isIncluded) => point.Experiment.Hyperparameters
        .Select((declared, place) => (declared.Name, place))
        .Where(item => isIncluded(item.place))
        .ToDictionary(item => item.Name, item => PlainValue.Of(point.Values[item.place]));

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
