using System.Numerics;
using System.Runtime.CompilerServices;
using Sweeper.Lanes.Functions;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks.Kernels;

/// <summary>Gradients of objectives with respect to the outputs of the networks: [outputs, examples] of every lane.</summary>
internal static unsafe class OutputError<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>slope * (output - target).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfSquares(T* outputs, T* targets, T* errors, nint unit, int units, int examples, T slope)
    {
        var all = TLanes.All(slope);
        for (var row = 0; row < units; row++)
        {
            for (nint at = 0; at < examples * TLanes.Count; at += TLanes.Count)
            {
                TLanes.Store((TLanes.Load(outputs + at) - TLanes.Load(targets + at)) * all, errors + at);
            }

            outputs += unit;
            targets += unit;
            errors += unit;
        }
    }

    /// <summary>(softmax of the outputs - target) / n. The largest output is subtracted first; sums run over units in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfClasses(T* outputs, T* targets, T* errors, nint unit, int units, int examples, T number)
    {
        var share = TLanes.All(number);
        for (nint at = 0; at < examples * TLanes.Count; at += TLanes.Count)
        {
            var most = TLanes.Load(outputs + at);
            for (var row = 1; row < units; row++)
            {
                var score = TLanes.Load(outputs + at + row * unit);
                most = TLanes.Select(TLanes.Greater(score, most), score, most);
            }

            var sum = default(TLanes);
            for (var row = 0; row < units; row++)
            {
                var weight = Exponential<TLanes, T>.Of(TLanes.Load(outputs + at + row * unit) - most);
                TLanes.Store(weight, errors + at + row * unit);
                sum += weight;
            }

            for (var row = 0; row < units; row++)
            {
                var place = at + row * unit;
                TLanes.Store((TLanes.Load(errors + place) / sum - TLanes.Load(targets + place)) / share, errors + place);
            }
        }
    }

    /// <summary>-y sigmoid(-y f) / n of outputs f and targets y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfMargins(T* outputs, T* targets, T* errors, nint unit, int units, int examples, T number)
    {
        var share = TLanes.All(-number);
        for (var row = 0; row < units; row++)
        {
            for (nint at = 0; at < examples * TLanes.Count; at += TLanes.Count)
            {
                var target = TLanes.Load(targets + at);
                TLanes.Store(Sigmoid<TLanes, T>.OfMinus(TLanes.Load(outputs + at) * target) * target / share, errors + at);
            }

            outputs += unit;
            targets += unit;
            errors += unit;
        }
    }

    /// <summary>Multiplies errors by the slopes of the activation after the outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Slope(T* outputs, T* errors, nint unit, int units, int examples, T* activation)
    {
        var ending = new Sloped<TLanes, T>(activation, (nint)(outputs - errors));
        var (zero, leak) = ending.Constants;
        for (var row = 0; row < units; row++)
        {
            for (nint at = 0; at < examples * TLanes.Count; at += TLanes.Count)
            {
                TLanes.Store(ending.Of(TLanes.Load(errors + at), errors + at, zero, leak), errors + at);
            }

            errors += unit;
        }
    }
}
