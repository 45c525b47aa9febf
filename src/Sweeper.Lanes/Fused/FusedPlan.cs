using System.Collections.Immutable;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Networks.Kernels;

namespace Sweeper.Lanes.Fused;

/// <summary>
/// How the threads of one block train one network (fused.cu): what lies where in their shared memory, and who does what. A pure rule of
/// the network and the memory; it changes no bit. No measurement stands behind it yet.
/// </summary>
/// <param name="Training">The network and how it is trained.</param>
/// <param name="Chunk">Examples that go through all layers together, a multiple of a tile.</param>
/// <param name="Slots">Tiles of a chunk whose gradients are summed side by side; 1: by one thread, one after the other.</param>
/// <param name="IsOutside">Whether gradients lie outside of the block, since there is no room for them.</param>
internal sealed record FusedPlan(LaneTraining Training, int Chunk, int Slots, bool IsOutside)
{
    private const int Tile = WeightGradient.Tile, Quad = 4;
    private const int MostTiles = 16, FewestThreads = 64, MostThreads = 256, Warp = 32;

    private static readonly ImmutableArray<int> RowBlocks = [4, 3, 2, 1];
    private static readonly ImmutableArray<(int Rows, int Columns)> GradientBlocks = [(4, 4), (3, 4), (2, 4), (2, 2), (1, 2), (1, 1)];

    /// <summary>
    /// The plan for steps of so many examples; null where not even one tile of them fits. Two blocks that share a processor are preferred
    /// to one with larger chunks.
    /// </summary>
    /// <param name="training">The network and how it is trained.</param>
    /// <param name="examples">Examples of a step.</param>
    /// <param name="numberBytes">Of a number: 4 or 8.</param>
    /// <param name="sharedBytes">Shared memory of a block, at most.</param>
    public static FusedPlan? Of(LaneTraining training, int examples, int numberBytes, int sharedBytes)
    {
        var tiles = Parts(examples, Tile);
        ImmutableArray<FusedPlan> plans =
        [
            // Chunks of nearly equal sizes.
            .. from some in Enumerable.Range(1, tiles).Select(chunks => Parts(tiles, chunks)).Where(size => size <= MostTiles).Distinct()
               from slots in HasFewBlocks(training.Shape) && some > 1 ? (int[])[some, 1] : [1]
               select new FusedPlan(training, some * Tile, slots, IsOutside: false),
        ];
        return plans.FirstOrDefault(plan => plan.Numbers * numberBytes <= sharedBytes / 2)
            ?? plans.Concat(plans.Where(plan => plan.Slots == 1).Select(plan => plan with { IsOutside = true }))
                .FirstOrDefault(plan => plan.Numbers * numberBytes <= sharedBytes);
    }

    /// <summary>Bytes of shared memory that the smallest plan takes.</summary>
    public static long Least(LaneTraining training, int numberBytes) =>
        new FusedPlan(training, Tile, 1, IsOutside: true).Numbers * numberBytes;

    /// <summary>From one unit to the next: neighbours lie in different banks.</summary>
    public int Stride => Chunk + Quad;

    /// <summary>Numbers of a network.</summary>
    public int Size => Widths.Zip(Widths[1..]).Sum(pair => pair.Second * (pair.First + (Training.Shape.HasBias ? 1 : 0)));

    /// <summary>Threads of a block.</summary>
    public int Threads => Math.Clamp(Parts(Widths[1..].Max() * Quads, Warp) * Warp, FewestThreads, MostThreads);

    /// <summary>Places of four examples.</summary>
    public int Quads => Chunk / Quad;

    /// <summary>Where inputs lie, after the network's numbers.</summary>
    public long Inputs => Aligned(Size);

    /// <summary>Where targets lie.</summary>
    public long Targets => Inputs + Rows(Widths[0]);

    /// <summary>Where the errors of a layer's outputs lie: those of the last one, and of every second one before it.</summary>
    public long Errors => Units(Training.Shape.Depth - 1);

    /// <summary>Where those of the others lie, and before them the outputs themselves.</summary>
    public long OtherErrors => Errors + Rows(Widths[1..].Max());

    /// <summary>Where gradients lie, a slot after the other.</summary>
    public long Gradients => OtherErrors + Rows(Widths[1..].Max());

    /// <summary>Where the sum of chunks lies; used where there are several slots.</summary>
    public long Sum => Gradients + (IsOutside ? 0 : Aligned((long)Slots * Size));

    /// <summary>Numbers of shared memory.</summary>
    public long Numbers => Slots > 1 ? Sum + Aligned(Size) : Sum;

    private ImmutableArray<int> Widths => Training.Shape.Widths;

    /// <summary>Where the outputs of a layer lie; those of the last one among the errors.</summary>
    public long Units(int layer) => Targets + Rows(Widths[^1]) + Widths[1..(layer + 1)].Sum(Rows);

    /// <summary>
    /// Rows of a product that a thread takes together: units are read once for all of them, and threads without work are no gain.
    /// </summary>
    public int RowsOf(int rows) => RowBlocks.MinBy(taken => Rounds(Parts(rows, taken) * Quads) * (16 + 5 * taken));

    /// <summary>Block of a gradient that a thread takes, by the same consideration.</summary>
    public (int Rows, int Columns) GradientBlock(int rows, int columns) => GradientBlocks.MinBy(
        block => Rounds(Parts(rows, block.Rows) * Parts(columns, block.Columns) * Slots)
            * (block.Rows * block.Columns + 2 * (block.Rows + block.Columns)));

    private static bool HasFewBlocks(MlpShape shape)
    {
        var (rows, columns) = GradientBlocks[0];
        return shape.Widths.Zip(shape.Widths[1..]).Any(
            pair => Parts(pair.Second, rows) * Parts(pair.First, columns) < MostThreads / 2);
    }

    private int Rounds(int tasks) => Parts(tasks, Threads);

    private static int Parts(int all, int size) => (all + size - 1) / size;

    private static long Aligned(long numbers) => (numbers + Quad - 1) / Quad * Quad;

    private long Rows(int units) => (long)units * Stride;
}
