using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sweeper.Lanes.Vectors;

/// <summary>One lane: plain arithmetic, the reference that all others are held against.</summary>
internal readonly unsafe struct OneLane<T>(T value) : ILanes<OneLane<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Load(T* source) => new(*source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(OneLane<T> value, T* target) => *target = value.value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> All(T value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> FusedMultiplyAdd(OneLane<T> a, OneLane<T> b, OneLane<T> c) =>
        new(T.FusedMultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Sqrt(OneLane<T> value) => new(T.Sqrt(value.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> InverseSqrtEstimate(OneLane<T> value) => typeof(T) == typeof(float)
        ? new((T)(object)BitConverter.Int32BitsToSingle(
            EstimateBits.Single - (BitConverter.SingleToInt32Bits((float)(object)value.value) >>> 1)))
        : new((T)(object)BitConverter.Int64BitsToDouble(
            EstimateBits.Double - (BitConverter.DoubleToInt64Bits((double)(object)value.value) >>> 1)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Abs(OneLane<T> value) => new(T.Abs(value.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Max(OneLane<T> a, OneLane<T> b) => a.value > b.value ? a : b;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> TimesSign(OneLane<T> value, OneLane<T> sign) => T.IsNegative(sign.value) ? -value : value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Greater(OneLane<T> a, OneLane<T> b) => new(a.value > b.value ? T.AllBitsSet : T.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Select(OneLane<T> mask, OneLane<T> where, OneLane<T> otherwise) =>
        T.IsZero(mask.value) ? otherwise : where;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> PowerOfTwo(OneLane<T> shifted) => typeof(T) == typeof(float)
        ? new((T)(object)BitConverter.Int32BitsToSingle(
            (BitConverter.SingleToInt32Bits((float)(object)shifted.value) << 23) + BitConverter.SingleToInt32Bits(1)))
        : new((T)(object)BitConverter.Int64BitsToDouble(
            (BitConverter.DoubleToInt64Bits((double)(object)shifted.value) << 52) + BitConverter.DoubleToInt64Bits(1)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> Both(OneLane<T> mask, OneLane<T> other) => T.IsZero(mask.value) ? mask : other;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(OneLane<T> mask) => !T.IsZero(mask.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> operator +(OneLane<T> a, OneLane<T> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> operator -(OneLane<T> a, OneLane<T> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> operator *(OneLane<T> a, OneLane<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> operator /(OneLane<T> a, OneLane<T> b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneLane<T> operator -(OneLane<T> a) => new(-a.value);
}
