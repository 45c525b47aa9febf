using System.Collections.Immutable;

namespace Sweeper.Core.Experiments;

/// <summary>One combination of hyperparameter values, complete (defaults filled in), without the seed.</summary>
/// <param name="Experiment">Whose hyperparameters.</param>
/// <param name="Values">Aligned with <see cref="ExperimentDeclaration.Hyperparameters"/>.</param>
public sealed record Point(ExperimentDeclaration Experiment, ImmutableArray<Value> Values)
{
    /// <summary>Places of the hyperparameters that its sweep varies: errors name their values, though they be the defaults. No part of what it is.</summary>
    public ImmutableArray<int> Swept { get; init; } = [];

    /// <summary>Value by name; throws <see cref="KeyNotFoundException"/> for a name that is not declared.</summary>
    public Value this[string hyperparameter] => Experiment.IndexOf(hyperparameter) is >= 0 and var index
        ? Values[index]
        : throw new KeyNotFoundException($"{Experiment.Name} declares no hyperparameter '{hyperparameter}'");

    /// <summary>A whole number.</summary>
    public long Integer(string hyperparameter) => ((Value.Integer)this[hyperparameter]).Number;

    /// <summary>A double.</summary>
    public double Real(string hyperparameter) => ((Value.Real)this[hyperparameter]).Number;

    /// <summary>A switch.</summary>
    public bool Flag(string hyperparameter) => ((Value.Flag)this[hyperparameter]).IsSet;

    /// <summary>A word.</summary>
    public string Choice(string hyperparameter) => ((Value.Choice)this[hyperparameter]).Word;

    /// <summary>A list of doubles.</summary>
    public ImmutableArray<double> Vector(string hyperparameter) => ((Value.Vector)this[hyperparameter]).Numbers;

    /// <summary>By content.</summary>
    public bool Equals(Point? other) =>
        other is not null && ReferenceEquals(Experiment, other.Experiment) && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in Values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
