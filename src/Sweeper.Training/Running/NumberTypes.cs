using Sweeper.Core.Measurements;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Types of tensors that can be saved.</summary>
internal static class NumberTypes
{
    private static readonly (NumberType Saved, ScalarType InMemory)[] Known =
    [
        (NumberType.Float32, ScalarType.Float32), (NumberType.Float64, ScalarType.Float64), (NumberType.Int64, ScalarType.Int64),
        (NumberType.Boolean, ScalarType.Bool),
    ];

    /// <summary>As it is saved.</summary>
    public static NumberType Of(ScalarType type) => Known.First(known => known.InMemory == type).Saved;

    /// <summary>As it is in memory.</summary>
    public static ScalarType Of(NumberType type) => Known.First(known => known.Saved == type).InMemory;
}
