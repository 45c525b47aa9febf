using System.Collections.Immutable;
using Sweeper.Core.Sweeps.Typing;

namespace Sweeper.Core.Sweeps;

/// <summary>When a rule of `measure` applies, for any length of training.</summary>
internal abstract record MeasureSteps
{
    private MeasureSteps()
    {
    }

    /// <summary>Its steps up to the last one, ascending; some may stand twice.</summary>
    public abstract IEnumerable<long> Until(long last);

    /// <summary>How many these are at most, without going through them.</summary>
    public abstract long CountUntil(long last);

    /// <summary>As a sweep file says it.</summary>
    public abstract override string ToString();

    /// <summary>The last step.</summary>
    public sealed record End : MeasureSteps
    {
        public override IEnumerable<long> Until(long last) => [last];

        public override long CountUntil(long last) => 1;

        public override string ToString() => "end";
    }

    /// <summary>Exactly these, as far as training goes.</summary>
    public sealed record Listed(ImmutableArray<long> Steps) : MeasureSteps
    {
        public override IEnumerable<long> Until(long last) => Steps.TakeWhile(step => step <= last);

        public override long CountUntil(long last) => Steps.Length;

        public override string ToString() => $"[{string.Join(", ", Steps)}]";
    }

    /// <summary>The multiples of a number, and the last step.</summary>
    public sealed record Every(long Interval) : MeasureSteps
    {
        public override IEnumerable<long> Until(long last)
        {
            for (var step = 0L; step < last; step += Interval)
            {
                yield return step;
            }

            yield return last;
        }

        public override long CountUntil(long last) => last / Interval + 2;

        public override string ToString() => $"{{ every: {Interval} }}";
    }

    /// <summary>Step 0, and <paramref name="Count"/> steps from 1 to the last with equal ratios, rounded; early ones coincide.</summary>
    public sealed record Log(int Count) : MeasureSteps
    {
        public override IEnumerable<long> Until(long last)
        {
            var spaced = last < 1 ? [] : Enumerable.Range(0, Count).Select(i => GeneratedValues.WholePower(last, i, Count - 1));
            return spaced.Prepend(0).Append(last);
        }

        public override long CountUntil(long last) => Math.Min(Count, last) + 2;

        public override string ToString() => $"{{ log: {Count} }}";
    }
}
