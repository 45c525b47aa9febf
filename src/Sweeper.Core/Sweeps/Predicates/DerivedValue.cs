using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>
/// A value that a sweep derives from hyperparameters by a formula: `snr: 1 / noise**2`. A number, or true or false. It names
/// points in figures, conditions and tables; what is trained, and every id, is the same without it.
/// </summary>
public sealed class DerivedValue
{
    private readonly NumberOf? number;
    private readonly TruthOf? truth;

    internal DerivedValue(string name, string formula, Term term, IReadOnlySet<string> names, int operations)
    {
        Name = name;
        Formula = formula;
        number = term is Term.Number { Of: var of } ? (values, seed) => Arithmetic.Rounded(of(values, seed)) : null;
        truth = (term as Term.Truth)?.Of;
        Declared = truth is null ? Hyperparameter.Real(name, Binding.Batched, 0, formula) : Hyperparameter.Flag(name, false, formula);
        Names = names;
        Operations = operations;
    }

    /// <summary>Name in conditions, figures and columns: snake_case.</summary>
    public string Name { get; }

    /// <summary>As it was written.</summary>
    public string Formula { get; }

    /// <summary>It as a hyperparameter of its own: a number or a switch.</summary>
    public Hyperparameter Declared { get; }

    /// <summary>The hyperparameters (and `seed`) that decide it, also through other derived values.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Whether trials of one point may differ in it: it then belongs to trials, and to no curve.</summary>
    public bool DependsOnSeed => Names.Contains(Vocabulary.Seed);

    /// <summary>Operations of the formula with derived values written out: what it costs to compute.</summary>
    internal int Operations { get; }

    /// <summary>
    /// Its value for a trial, a number with 15 significant digits; null where it is undefined (a division by 0, an overflow).
    /// </summary>
    public Value? Of(Point point, long seed)
    {
        var values = point.Values.AsSpan();
        return number is not null
            ? number(values, seed) is var defined && double.IsNaN(defined) ? null : new Value.Real(defined)
            : truth!(values, seed) is { } isSet ? new Value.Flag(isSet) : null;
    }

    /// <summary>It in a condition or another formula.</summary>
    internal Term At(Token token) => number is not null ? new Term.Number(token, number) : new Term.Truth(token, truth!);
}
