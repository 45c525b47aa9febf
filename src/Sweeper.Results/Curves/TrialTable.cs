using System.Collections.Immutable;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Segments;

namespace Sweeper.Results.Curves;

/// <summary>
/// The trials of a plan by rank: their place in the canonical order of rows, in which the seeds of a curve are
/// neighbours. Rows are merged and reduced by these numbers.
/// </summary>
internal sealed class TrialTable
{
    private readonly Dictionary<string, int> rankOf;

    /// <summary>Sorts trials; each may occur once.</summary>
    public TrialTable(IEnumerable<Trial> trials)
    {
        var sorted = trials.ToArray();
        Array.Sort(sorted, RowOrder.CompareTrials);
        Trials = [.. sorted];
        rankOf = new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal);
        CurveOf = new int[sorted.Length];
        var curves = ImmutableArray.CreateBuilder<CurveTrials>();
        for (var rank = 0; rank < sorted.Length; rank++)
        {
            rankOf.Add(sorted[rank].Id.Hex, rank);
            if (rank == 0 || sorted[rank].CurveId != sorted[rank - 1].CurveId)
            {
                curves.Add(new CurveTrials(rank, 0));
            }

            curves[^1] = curves[^1] with { Count = curves[^1].Count + 1 };
            CurveOf[rank] = curves.Count - 1;
        }

        Curves = curves.ToImmutable();
    }

    /// <summary>By rank.</summary>
    public ImmutableArray<Trial> Trials { get; }

    /// <summary>The curve (position in <see cref="Curves"/>) of every rank.</summary>
    public int[] CurveOf { get; }

    /// <summary>The curves, by id; each owns a range of ranks.</summary>
    public ImmutableArray<CurveTrials> Curves { get; }

    /// <summary>Rank of a trial, or -1 when the plan does not have it.</summary>
    public int RankOf(TrialId id) => rankOf.GetValueOrDefault(id.Hex, -1);
}

/// <summary>The ranks of one curve's planned trials.</summary>
internal readonly record struct CurveTrials(int First, int Count);
