using System.Numerics;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Networks;

/// <summary>How the numbers of a group of lanes lie in memory while they are trained: strides, all in numbers.</summary>
/// <param name="shape">The networks.</param>
/// <param name="chunk">Examples that go through all layers together, or null for what suits the network.</param>
/// <param name="examples">Examples of the data.</param>
internal sealed unsafe class GroupLayout<TArrangement, TLanes, T>(MlpShape shape, int? chunk, int examples)
    where TArrangement : struct, IArrangement<TLanes, T>
    where TLanes : unmanaged, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Places of the numbers of one lane.</summary>
    public MlpMemory Memory { get; } = MemoryOf(shape);

    /// <summary>Examples that go through all layers together: whole tiles.</summary>
    public int Chunk { get; } =
        chunk ?? WeightGradient.Tile * Math.Min(TArrangement.TilesAtOnce, (examples + WeightGradient.Tile - 1) / WeightGradient.Tile);

    /// <summary>From a number of a lane to its next one: there is room for all lanes of the group.</summary>
    public int Number { get; } = TLanes.Count / TArrangement.UnitsAtOnce;

    /// <summary>Registers that hold all numbers.</summary>
    public int Size => Registers(Memory.Size);

    private int UnitsAtOnce { get; } = TArrangement.UnitsAtOnce;

    /// <summary>A number of the networks.</summary>
    public T* At(T* numbers, int place) => numbers + (nint)place * Number;

    /// <summary>From one register of rows of a matrix to the next.</summary>
    public nint Row(LayerMemory layer) => layer.Row * UnitsAtOnce * Number;

    /// <summary>From one column of a matrix to the next.</summary>
    public nint Column(LayerMemory layer) => layer.Column * Number;

    /// <summary>Registers for so many units.</summary>
    public int Registers(int units) => (units + UnitsAtOnce - 1) / UnitsAtOnce;

    /// <summary>Numbers that a layer's units take for a chunk of examples.</summary>
    public long SizeOf(int units) => (long)(TArrangement.IsByUnit ? Memory.Filled(units) : MlpMemory.Padded(units)) * Chunk * Number;

    /// <summary>Units of a layer.</summary>
    public Units<T> Units(T* first, int units) => TArrangement.IsByUnit
        ? new Units<T>(first, 1, Memory.Filled(units)) : new Units<T>(first, Chunk * TLanes.Count, TLanes.Count);

    private static MlpMemory MemoryOf(MlpShape shape) =>
        TArrangement.IsByUnit ? MlpMemory.ByUnit(shape, TLanes.Count) : MlpMemory.ByLane(shape);
}
