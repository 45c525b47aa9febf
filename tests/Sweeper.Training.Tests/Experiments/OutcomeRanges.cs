using Sweeper.Golden;

namespace Sweeper.Training.Tests.Experiments;

/// <summary>
/// Compares outcomes with those of another teacher: values may differ by a factor of 2.5, times by one of 2, signs not at all
/// (the tolerance of `n_seed000_statistics`).
/// </summary>
internal static class OutcomeRanges
{
    private const double ValueFactor = 2.5;
    private const double TimeFactor = 2;

    /// <summary>A number, or the mean of several.</summary>
    public static void Value(GoldenCase golden, GoldenNode node, double expected, double actual) =>
        Inside(golden, node, actual, expected, expected, ValueFactor);

    /// <summary>Times between the earliest and the latest.</summary>
    public static void Times(GoldenCase golden, GoldenNode node, double[] expected, double[] actual)
    {
        foreach (var time in actual)
        {
            Inside(golden, node, time, expected.Min(), expected.Max(), TimeFactor);
        }
    }

    /// <summary>
    /// Every value of a curve against those of the other one between half and twice its time; of those that are expected to be
    /// at least <paramref name="noticeable"/>.
    /// </summary>
    public static void Curve(GoldenCase golden, GoldenNode node, long[] times, double[] expected, double[] actual, double noticeable)
    {
        foreach (var i in Enumerable.Range(0, actual.Length).Where(i => Math.Abs(expected[i]) >= noticeable))
        {
            var near = expected.Where((_, other) => times[other] >= times[i] / TimeFactor
                && times[other] <= times[i] * TimeFactor).ToList();
            Inside(golden, node, actual[i], near.Min(), near.Max(), ValueFactor);
        }
    }

    /// <summary>Between two numbers of one sign, with a factor of room at both ends.</summary>
    private static void Inside(GoldenCase golden, GoldenNode node, double actual, double low, double high, double factor)
    {
        golden.Same(node, Math.Sign(low), Math.Sign(actual));
        var (least, most) = (Math.Min(Math.Abs(low), Math.Abs(high)), Math.Max(Math.Abs(low), Math.Abs(high)));
        var nearest = Math.Clamp(Math.Abs(actual), least, most);
        golden.Judge(
            node, Math.Abs(Math.Log(Math.Abs(actual) / nearest)) / Math.Log(factor),
            FormattableString.Invariant($"{actual:G4} computed, {low:G4} to {high:G4} expected up to a factor of {factor}"));
    }
}
