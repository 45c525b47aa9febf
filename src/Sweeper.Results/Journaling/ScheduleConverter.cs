using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeper.Core.Measurements;

namespace Sweeper.Results.Journaling;

/// <summary>
/// A schedule as runs of steps at which the same metrics are asked for: [{"steps":[0,1,2],"metrics":{"loss":1}}, ...],
/// some kilobytes shorter than one entry for each step. Steps at which weights are kept follow as
/// {"steps":[..],"metrics":{},"weights":true}.
/// </summary>
internal sealed class ScheduleConverter : JsonConverter<MeasureSchedule>
{
    private volatile Spelled? last;
    private volatile Written? written;

    /// <inheritdoc/>
    public override MeasureSchedule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        var text = JsonMarshal.GetRawUtf8Value(json.RootElement);
        var known = last;
        if (known is null || !text.SequenceEqual(known.Text))
        {
            // The packs of a plan repeat one schedule thousands of times: they share what it says.
            last = known = new Spelled(
                text.ToArray(), Read(json.RootElement.Deserialize<List<Run>>(options) ?? throw new JsonException("a schedule is null")));
        }

        return known.Schedule;
    }

    private static MeasureSchedule Read(List<Run> runs) => new([.. runs.Where(run => !run.Weights).SelectMany(run =>
    {
        var metrics = run.Metrics.Select(metric => new MetricVersion(metric.Key, metric.Value)).ToImmutableArray();
        return run.Steps.Select(step => new Snapshot(step, metrics));
    })])
    {
        WeightsAt = [.. runs.Where(run => run.Weights).SelectMany(run => run.Steps)],
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MeasureSchedule value, JsonSerializerOptions options)
    {
        var known = written;
        if (!ReferenceEquals(known?.Schedule, value))
        {
            // The packs of a plan share one schedule: it is spelled once.
            written = known = new Written(value, JsonSerializer.SerializeToUtf8Bytes(RunsOf(value), options));
        }

        writer.WriteRawValue(known.Bytes, skipInputValidation: true);
    }

    private static List<Run> RunsOf(MeasureSchedule value)
    {
        var runs = new List<Run>();
        Snapshot? previous = null;
        foreach (var snapshot in value.Snapshots)
        {
            if (previous is null || !previous.Metrics.SequenceEqual(snapshot.Metrics))
            {
                runs.Add(new Run([], snapshot.Metrics.ToDictionary(metric => metric.Name, metric => metric.Version)));
            }

            runs[^1].Steps.Add(snapshot.Step);
            previous = snapshot;
        }

        if (!value.WeightsAt.IsEmpty)
        {
            runs.Add(new Run([.. value.WeightsAt], [], Weights: true));
        }

        return runs;
    }

    private sealed record Spelled(byte[] Text, MeasureSchedule Schedule);

    private sealed record Written(MeasureSchedule Schedule, byte[] Bytes);

    /// <summary>Steps at which the same is measured.</summary>
    internal sealed record Run(
        List<long> Steps, Dictionary<string, int> Metrics,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Weights = false);
}
