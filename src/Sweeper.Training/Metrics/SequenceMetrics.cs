using Sweeper.Core.Experiments;
using Sweeper.Training.Data;
using Sweeper.Training.Objectives;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>How well networks spell the labels of sequences.</summary>
internal static class SequenceMetrics
{
    /// <summary>Edits to what is said.</summary>
    public static Metric CharacterErrorRate { get; } = Metric.OnSplits(
        "character_error_rate", 1,
        "Fewest labels to insert, remove and replace in what the network says to get the labels of the examples, over the number of "
        + "these labels. What it says: of every frame the class with the largest score; repetitions once, then without blanks. 0 is "
        + "best, 1 is what saying nothing gives.",
        [], (snapshot, split) => Rate(snapshot.Get(new Outputs(split.Name)), split.Targets)) with
    {
        Better = MetricDirection.Lower,
    };

    /// <summary>Scores [K, n, t, 1 + labels], labels [K, n, u] -> [K], as of <see cref="CharacterErrorRate"/>.</summary>
    public static Tensor Rate(Tensor scores, Tensor targets)
    {
        var (lanes, examples, frames, most) = (scores.shape[0], scores.shape[1], (int)scores.shape[2], (int)targets.shape[2]);
        var padded = scores.argmax(-1).masked_fill(Sequences.IsPadding(scores), ConnectionistTemporalClassification.Blank);
        var (said, meant) = (Rows(padded, frames), Rows(targets.expand([lanes, examples, most]), most));
        var rates = new double[lanes];
        for (var lane = 0; lane < lanes; lane++)
        {
            long wrong = 0, all = 0;
            for (var row = lane * examples; row < (lane + 1) * examples; row++)
            {
                long[] labels = [.. meant[row].Where(label => label != Sequences.NoLabel)];
                wrong += Distance([.. Said(said[row])], labels);
                all += labels.Length;
            }

            rates[lane] = (double)wrong / all;
        }

        return tensor(rates);
    }

    /// <summary>Labels that the classes of frames spell.</summary>
    internal static IEnumerable<long> Said(IEnumerable<long> classes)
    {
        var before = ConnectionistTemporalClassification.Blank;
        foreach (var ofFrame in classes)
        {
            if (ofFrame != before && ofFrame != ConnectionistTemporalClassification.Blank)
            {
                yield return ofFrame - 1;
            }

            before = ofFrame;
        }
    }

    /// <summary>Fewest insertions, removals and replacements from one to the other (Levenshtein).</summary>
    internal static int Distance(ReadOnlySpan<long> said, ReadOnlySpan<long> meant)
    {
        var row = Enumerable.Range(0, meant.Length + 1).ToArray();
        foreach (var (place, label) in said.ToArray().Index())
        {
            var diagonal = row[0];
            row[0] = place + 1;
            for (var column = 1; column <= meant.Length; column++)
            {
                var replaced = diagonal + (label == meant[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, 1 + Math.Min(row[column], row[column - 1]));
            }
        }

        return row[^1];
    }

    private static long[][] Rows(Tensor values, int length) => [.. values.cpu().contiguous().data<long>().ToArray().Chunk(length)];
}
