using System.Globalization;
using Sweeper.Golden;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>What runs of the reference are read and compared by, whichever experiment they are of.</summary>
internal static class ReferenceRuns
{
    /// <summary>First losses that are the reference's to rounding; what follows has grown.</summary>
    public const int ExactLosses = 20;

    public static GoldenTolerance Exact { get; } = new(Relative: 1e-8);

    public static GoldenTolerance Nearly { get; } = new(Relative: 1e-6);

    /// <summary>A number as a sweep file has it.</summary>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number of a configuration, as a sweep file has it.</summary>
    public static string Text(this GoldenNode config, string field) => Text(config[field].Number());

    /// <summary>Loss and error of both splits.</summary>
    public static void CompareSplits(
        this GoldenCase golden, GoldenNode expected, Measured measured, GoldenTolerance tolerance, long step = 0, int member = 0)
    {
        foreach (var (split, field) in new[] { ("train", "train"), ("validation", "val") })
        {
            golden.Close(expected[$"{field}_loss"], measured.Of("loss", step, 0, split, member: member)[0], tolerance);
            golden.Close(expected[$"{field}_err"], 1 - measured.Of("accuracy", step, 0, split, member: member)[0], tolerance);
        }
    }

    /// <summary>The first point of a run's curve; later ones are not compared.</summary>
    public static GoldenNode Start(this GoldenCase golden)
    {
        foreach (var later in golden.Node["curve"].Items.Skip(1))
        {
            later.Skip([.. later.Fields.Select(field => field.Name)]);
        }

        return golden.Node["curve"].Items[0];
    }
}
