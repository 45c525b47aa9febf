using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>A number made of a trial's values (aligned with the declaration) and its seed; not-a-number where it is undefined.</summary>
internal delegate double NumberOf(ReadOnlySpan<Value> values, long seed);

/// <summary>Whether something holds for a trial's values and its seed; null where a number in it is undefined.</summary>
internal delegate bool? TruthOf(ReadOnlySpan<Value> values, long seed);

/// <summary>A typed part of a condition, compiled.</summary>
/// <param name="Start">Its first token.</param>
internal abstract record Term(Token Start)
{
    /// <summary>What it is, in words for messages.</summary>
    public abstract string Shape { get; }

    /// <summary>A number.</summary>
    public sealed record Number(Token Start, NumberOf Of) : Term(Start)
    {
        /// <summary>Its value where that is the same for all trials.</summary>
        public double? Constant { get; init; }

        public override string Shape => "a number";
    }

    /// <summary>True or false.</summary>
    public sealed record Truth(Token Start, TruthOf Of) : Term(Start)
    {
        public override string Shape => "true or false";
    }

    /// <summary>A hyperparameter that is a word.</summary>
    public sealed record Choice(Token Start, Hyperparameter Declared, int Slot) : Term(Start)
    {
        public override string Shape => $"the word '{Declared.Name}'";
    }

    /// <summary>A hyperparameter that is a list of numbers.</summary>
    public sealed record Vector(Token Start, Hyperparameter Declared, int Slot) : Term(Start)
    {
        public override string Shape => $"the list '{Declared.Name}'";
    }

    /// <summary>A word that names no hyperparameter: one of some hyperparameter's choices, or misspelt.</summary>
    public sealed record Word(Token Start) : Term(Start)
    {
        public override string Shape => $"the word '{Start.Text}'";
    }

    /// <summary>A list in brackets.</summary>
    public sealed record List(Token Start, ImmutableArray<Term> Items) : Term(Start)
    {
        public override string Shape => "a list";
    }
}
