using System.Collections.Immutable;
using Sweeper.Training.Data;

namespace Sweeper.Training.Phases;

/// <summary>
/// One stretch of a program: pure data, so that a resumed or rewound run knows where it stands. What stands between two
/// stretches of steps is done before the snapshot at that step, which shows the networks after it.
/// </summary>
internal abstract record Phase
{
    private Phase()
    {
    }

    /// <summary>Trains until so many steps were done since the beginning.</summary>
    public sealed record Train(long Until) : Phase;

    /// <summary>The same without training: every step is one application of a change.</summary>
    public sealed record Compute(long Until, IEdit Change) : Phase;

    /// <summary>Changes the networks between two steps.</summary>
    public sealed record Edit(IEdit Change) : Phase;

    /// <summary>Keeps a copy of the state under a name.</summary>
    public sealed record Keep(string Name) : Phase;

    /// <summary>
    /// Takes parameters, optimizer, order and clock back to a kept state, in all lanes. Steps go on counting, since rows have
    /// ascending steps; masks stay.
    /// </summary>
    public sealed record Rewind(string Name) : Phase;

    /// <summary>
    /// Every member takes over the whole state of its parent in the same trial (<paramref name="Parents"/> has a position for
    /// each member; one that is its own parent goes on undisturbed). With <paramref name="Batches"/>, orders start afresh.
    /// </summary>
    public sealed record Fork(ImmutableArray<int> Parents, Batches? Batches = null) : Phase;
}

/// <summary>A change of all lanes between two steps.</summary>
internal interface IEdit
{
    /// <summary>Changes the state in place, on its device.</summary>
    void Apply(TrainingState state);
}
