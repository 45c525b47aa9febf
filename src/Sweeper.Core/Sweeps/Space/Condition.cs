using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Predicates;

namespace Sweeper.Core.Sweeps.Space;

/// <summary>An entry of `when`: a hyperparameter varies where the predicate holds and has one value elsewhere.</summary>
/// <param name="Declared">The hyperparameter.</param>
/// <param name="Slot">Its place in the declaration.</param>
/// <param name="Elsewhere">Its value where the predicate does not hold: the file's `fixed` value, else the default.</param>
/// <param name="Predicate">Where it varies; never speaks of the seed.</param>
internal sealed record Condition(Hyperparameter Declared, int Slot, Value Elsewhere, Predicate Predicate);
