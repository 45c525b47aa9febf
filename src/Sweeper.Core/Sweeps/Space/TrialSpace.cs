using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Packing;

namespace Sweeper.Core.Sweeps.Space;

/// <summary>
/// The trials of a sweep by number, never materialised: places of the grids of a union, one after the other, of which one bit
/// each says whether it is a point (see <see cref="TrialCensus"/>). Blocks of equal static values are outermost, then seeds,
/// then batched axes, so that packs are contiguous and added seeds fill packs of their own.
/// </summary>
internal sealed class TrialSpace
{
    private readonly ImmutableArray<Grid> grids;
    private readonly ImmutableArray<long> starts;
    private readonly ImmutableArray<long> seeds;
    private readonly RankedBits? points;
    private readonly RankedBits? trials;

    /// <param name="grids">The union.</param>
    /// <param name="seeds">The seeds, ascending.</param>
    /// <param name="points">Places that are points; null: all.</param>
    /// <param name="trials">[block, seed, place in the block]: trials; null: every point with every seed.</param>
    public TrialSpace(ImmutableArray<Grid> grids, ImmutableArray<long> seeds, RankedBits? points, RankedBits? trials)
    {
        this.grids = grids;
        this.seeds = seeds;
        this.points = points;
        this.trials = trials;
        var builder = ImmutableArray.CreateBuilder<long>();
        var places = 0L;
        foreach (var grid in grids)
        {
            builder.Add(places);
            places += grid.PlaceCount;
        }

        starts = builder.ToImmutable();
        PointCount = points?.Count ?? places;
        TrialCount = trials?.Count ?? PointCount * seeds.Length;
    }

    /// <summary>Number of points, all different, each with at least one seed.</summary>
    public long PointCount { get; }

    /// <summary>Number of trials.</summary>
    public long TrialCount { get; }

    /// <summary>Which places and seeds are trials, as a hash; null where all of one grid are.</summary>
    public string? SelectionHash => trials?.Hash() ?? points?.Hash();

    /// <summary>The i-th point.</summary>
    public Point PointAt(long index)
    {
        var place = PlaceOf(index);
        var grid = GridOf(place);
        return grids[grid].At(place - starts[grid]);
    }

    /// <summary>The i-th trial, without its ids.</summary>
    public (Point Point, long Seed) TrialAt(long index)
    {
        // Any place in the block of the trial: a block of n points has n * seeds trials.
        var near = trials is null ? PlaceOf(index / seeds.Length) : trials.Select(index) / seeds.Length;
        var grid = GridOf(near);
        var size = grids[grid].BatchedCount;
        var block = near - (near - starts[grid]) % size;
        long place, seed;
        if (trials is null)
        {
            var first = CountBefore(block);
            (seed, var offset) = Math.DivRem(index - first * seeds.Length, CountBefore(block + size) - first);
            place = PlaceOf(first + offset);
        }
        else
        {
            (seed, var offset) = Math.DivRem(trials.Select(index) - block * seeds.Length, size);
            place = block + offset;
        }

        return (grids[grid].At(place - starts[grid]), seeds[(int)seed]);
    }

    /// <summary>Its blocks of trials with equal static values, in order.</summary>
    public IEnumerable<StaticBlock> Blocks(ExperimentDeclaration experiment)
    {
        for (var grid = 0; grid < grids.Length; grid++)
        {
            var size = grids[grid].BatchedCount;
            for (var start = starts[grid]; start < starts[grid] + grids[grid].PlaceCount; start += size)
            {
                var first = CountBefore(start);
                var kept = CountBefore(start + size) - first;
                if (kept > 0)
                {
                    var count = trials is null
                        ? kept * seeds.Length
                        : trials.Rank((start + size) * seeds.Length) - trials.Rank(start * seeds.Length);
                    var point = PointAt(first);
                    yield return new StaticBlock(
                        count, experiment.LanesPerTrial(point), experiment.BytesPerLane(point), experiment.DatasetHash(point))
                    {
                        Engine = experiment.Engine(point),
                    };
                }
            }
        }
    }

    private long PlaceOf(long point) => points?.Select(point) ?? point;

    private long CountBefore(long place) => points?.Rank(place) ?? place;

    private int GridOf(long place)
    {
        var grid = starts.Length - 1;
        while (starts[grid] > place)
        {
            grid--;
        }

        return grid;
    }
}
