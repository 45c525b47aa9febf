using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>The arithmetic of an <see cref="Update"/>, for the numbers of one group of lanes.</summary>
/// <remarks>Powers of the betas are <see cref="Functions.Power"/>: the last digits of the C library's differ between machines.</remarks>
internal static unsafe class UpdateKernel<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// g += decay * p; m = momentum * m + g; p = p - rate * m, where the last two are one rounding each. Decay and moment may be null.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Descend(T* numbers, T* gradient, T* moment, int count, TLanes rate, TLanes decay, TLanes momentum, bool hasDecay)
    {
        var descent = -rate;
        for (var at = 0; at < count; at++)
        {
            var p = TLanes.Load(numbers);
            var g = TLanes.Load(gradient);
            g = hasDecay ? TLanes.FusedMultiplyAdd(p, decay, g) : g;
            if (moment != null)
            {
                g = TLanes.FusedMultiplyAdd(TLanes.Load(moment), momentum, g);
                TLanes.Store(g, moment);
                moment += TLanes.Count;
            }

            TLanes.Store(TLanes.FusedMultiplyAdd(g, descent, p), numbers);
            numbers += TLanes.Count;
            gradient += TLanes.Count;
        }
    }

    /// <summary>Adam's; <paramref name="shrink"/> is 1 - rate * decay where the decay is decoupled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam(
        T* numbers, T* gradient, T* first, T* second, int count, AdamStep<T> step, TLanes rate, TLanes decay, TLanes shrink, bool hasDecay,
        bool isDecoupled)
    {
        TLanes keep1 = TLanes.All(step.Beta1), take1 = TLanes.All(T.One - step.Beta1);
        TLanes keep2 = TLanes.All(step.Beta2), take2 = TLanes.All(T.One - step.Beta2);
        TLanes correction = TLanes.All(step.Correction), epsilon = TLanes.All(step.Epsilon);
        var descent = -(rate * TLanes.All(step.Scale));
        for (var at = 0; at < count; at++)
        {
            var p = TLanes.Load(numbers);
            var g = TLanes.Load(gradient);
            if (hasDecay)
            {
                g = isDecoupled ? g : TLanes.FusedMultiplyAdd(p, decay, g);
                p = isDecoupled ? p * shrink : p;
            }

            var m = TLanes.FusedMultiplyAdd(g, take1, TLanes.Load(first) * keep1);
            var v = TLanes.FusedMultiplyAdd(g * g, take2, TLanes.Load(second) * keep2);
            TLanes.Store(m, first);
            TLanes.Store(v, second);
            var spread = TLanes.FusedMultiplyAdd(TLanes.Sqrt(v), correction, epsilon);
            TLanes.Store(TLanes.FusedMultiplyAdd(m / spread, descent, p), numbers);
            numbers += TLanes.Count;
            gradient += TLanes.Count;
            first += TLanes.Count;
            second += TLanes.Count;
        }
    }

    /// <summary>Sets numbers to zero where the mask is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Hold(T* numbers, T* mask, int count)
    {
        for (var at = 0; at < count * TLanes.Count; at += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(numbers + at) * TLanes.Load(mask + at), numbers + at);
        }
    }
}

/// <summary>What of Adam's update is the same for all numbers.</summary>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the root.</param>
/// <param name="Correction">1 / sqrt(1 - beta2^t).</param>
/// <param name="Scale">Factor of the rate / (1 - beta1^t).</param>
internal readonly record struct AdamStep<T>(T Beta1, T Beta2, T Epsilon, T Correction, T Scale)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Of the update of this number, from 1.</summary>
    public static AdamStep<T> Of(Update.Adam adam, long update, double factor) => new(
        T.CreateChecked(adam.Beta1), T.CreateChecked(adam.Beta2), T.CreateChecked(adam.Epsilon),
        T.CreateChecked(1 / Math.Sqrt(1 - Functions.Power.Of(adam.Beta2, update))),
        T.CreateChecked(factor / (1 - Functions.Power.Of(adam.Beta1, update))));
}
