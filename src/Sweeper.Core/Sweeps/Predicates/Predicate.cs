using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>
/// A condition on a trial: `depth == 8 and weight_decay > 1e-3`. Comparisons, `in [..]`, and / or / not, parentheses,
/// + - * / **, the experiment's hyperparameters, derived values and `seed`; no functions. Typed against the declaration and
/// compiled once; deciding a trial allocates nothing. As in SQL, a comparison with an undefined number (see
/// <see cref="Arithmetic"/>) is neither true nor false, nor is what depends on it; a condition holds where it is true.
/// </summary>
public sealed class Predicate
{
    private readonly TruthOf truth;

    private Predicate(string text, (TruthOf Truth, IReadOnlySet<string> Names) compiled)
    {
        Text = text;
        truth = compiled.Truth;
        Names = compiled.Names;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The hyperparameters (and `seed`) that it speaks of, also through derived values.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>
    /// Compiles a condition. Throws <see cref="SweepException"/> (usage) with a caret under the offending word.
    /// </summary>
    /// <param name="text">The condition.</param>
    /// <param name="displayPlace">Where it was written, for messages: `--only`, `--where`.</param>
    /// <param name="vocabulary">What it may name.</param>
    public static Predicate Parse(string text, string displayPlace, Vocabulary vocabulary)
    {
        var source = new SourceText(displayPlace, text, IsArgument: true);
        return new Predicate(text, PredicateParser.Condition(text, vocabulary, offset => source.At(1, offset + 1)));
    }

    /// <summary>Compiles a condition that stands in a sweep file, with places inside it.</summary>
    internal static Predicate Read(YamlNode node, string what, Vocabulary vocabulary) => node is YamlScalar { Text.Length: > 0 } scalar
        ? new Predicate(scalar.Text, PredicateParser.Condition(scalar.Text, vocabulary, scalar.PlaceInside))
        : throw node.Place.Fault(
            $"{what} must be a condition, but {node.Shape} stands here", "write a text such as \"depth == 8 and weight_decay > 1e-3\"");

    /// <summary>Whether it holds for a trial: it is true.</summary>
    public bool Holds(Point point, long seed) => Holds(point.Values.AsSpan(), seed);

    /// <summary>The same for values aligned with the declaration.</summary>
    internal bool Holds(ReadOnlySpan<Value> values, long seed) => truth(values, seed) is true;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
