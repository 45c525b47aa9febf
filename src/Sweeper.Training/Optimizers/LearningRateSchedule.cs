using System.Collections.Immutable;

namespace Sweeper.Training.Optimizers;

/// <summary>Factors by which a base learning rate is multiplied over time (epochs or steps).</summary>
public static class LearningRateSchedule
{
    /// <summary>gamma to the number of milestones reached.</summary>
    public static double Multistep(long time, ImmutableArray<long> milestones, double gamma) =>
        Math.Pow(gamma, milestones.Count(milestone => time >= milestone));

    /// <summary>From 0 to 1 in a straight line over the warm-up, then 1.</summary>
    public static double LinearWarmup(long time, long warmup) => time < warmup ? (double)time / warmup : 1;

    /// <summary>From 1 to <paramref name="floor"/> along half a cosine, reached at <paramref name="end"/>.</summary>
    public static double Cosine(double time, double end, double floor = 0) =>
        floor + (1 - floor) * (1 + Math.Cos(Math.PI * time / end)) / 2;

    /// <summary>
    /// Linear warm-up, then a cosine that starts at its end and would last <paramref name="length"/>, cut off at the time
    /// <paramref name="length"/>, from where the floor holds.
    /// </summary>
    public static double WarmupCosine(long time, long warmup, long length, double floor) =>
        time < warmup ? LinearWarmup(time, warmup) : time >= length ? floor : Cosine(time - warmup, length, floor);
}
