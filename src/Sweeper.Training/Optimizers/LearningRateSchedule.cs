using System.Collections.Immutable;

namespace Sweeper.Training.Optimizers;

/// <summary>Factor of the learning rate as a function of the steps (or epochs) already done.</summary>
internal abstract record LearningRateSchedule
{
    private LearningRateSchedule()
    {
    }

    /// <summary>The factor for the update that follows <paramref name="done"/> earlier ones.</summary>
    public abstract double Factor(long done);

    /// <summary>Always 1.</summary>
    public sealed record Constant : LearningRateSchedule
    {
        /// <inheritdoc/>
        public override double Factor(long done) => 1;
    }

    /// <summary>Times <paramref name="Gamma"/> at each milestone.</summary>
    public sealed record Steps(ImmutableArray<long> Milestones, double Gamma) : LearningRateSchedule
    {
        /// <inheritdoc/>
        public override double Factor(long done) => Math.Pow(Gamma, Milestones.Count(milestone => done >= milestone));
    }

    /// <summary>Linear from 0 to 1 over <paramref name="Length"/> steps, then 1.</summary>
    public sealed record LinearWarmUp(long Length) : LearningRateSchedule
    {
        /// <inheritdoc/>
        public override double Factor(long done) => Math.Min(1, (double)done / Length);
    }

    /// <summary>
    /// Linear warm-up from 0 over <paramref name="WarmUp"/> steps, then half a cosine from 1 towards
    /// <paramref name="Floor"/>, <paramref name="Length"/> steps long and cut off at step <paramref name="Length"/>.
    /// </summary>
    public sealed record Cosine(long Length, long WarmUp = 0, double Floor = 0) : LearningRateSchedule
    {
        /// <inheritdoc/>
        public override double Factor(long done) =>
            done < WarmUp ? (double)done / WarmUp
            : done >= Length ? Floor
            : Floor + (1 - Floor) * (1 + Math.Cos(Math.PI * (done - WarmUp) / Length)) / 2;
    }
}
