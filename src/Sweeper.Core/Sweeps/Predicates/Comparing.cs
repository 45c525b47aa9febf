using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>Which terms of a condition can be compared, and how.</summary>
internal sealed class Comparing(Vocabulary vocabulary, Func<Token, string, string, SweepException> fault)
{
    /// <summary>A term as a condition.</summary>
    public TruthOf Truth(Term term) => term is Term.Truth truth
        ? truth.Of
        : throw Mismatch(term, $"{term.Shape} is neither true nor false", "compare it: depth == 8");

    /// <summary>A term as a number.</summary>
    public NumberOf Number(Term term) => term is Term.Number number
        ? number.Of
        : throw Mismatch(term, $"{term.Shape} is no number", "only numbers can be added, multiplied and ordered");

    /// <summary>A term as the value of a formula.</summary>
    public Term Formula(Term term) => term is Term.Number or Term.Truth
        ? term
        : throw Mismatch(term, $"{term.Shape} is neither a number nor true or false",
            "compute with numbers, or compare: optimizer == adam");

    /// <summary>Two terms with a sign of comparison between them.</summary>
    public Term Compare(Term left, Token sign, Term right)
    {
        if (sign.Text is not ("==" or "!="))
        {
            return new Term.Truth(left.Start, Ordered(Number(left), sign.Text, Number(right)));
        }

        var equal = Equal(left, right, sign);
        return new Term.Truth(left.Start, sign.Text == "==" ? equal : (values, seed) => !equal(values, seed));
    }

    /// <summary>Whether a term equals an item of a list.</summary>
    public TruthOf In(Term left, Term right)
    {
        if (right is not Term.List { Items.Length: > 0 } list)
        {
            throw Mismatch(
                right, $"'in' needs a list, but {(right is Term.List ? "an empty list" : right.Shape)} stands here",
                "write `depth in [2, 4]`");
        }

        TruthOf[] equal = [.. list.Items.Select(item => Equal(left, item, item.Start))];
        return (values, seed) =>
        {
            bool? isAny = false;
            foreach (var test in equal)
            {
                isAny |= test(values, seed);
                if (isAny is true)
                {
                    break;
                }
            }

            return isAny;
        };
    }

    private static TruthOf Ordered(NumberOf a, string sign, NumberOf b)
    {
        var (isLess, isEqual) = (sign[0] == '<', sign.EndsWith('='));
        return (values, seed) => Arithmetic.Order(a(values, seed), b(values, seed)) switch
        {
            null => null,
            0 => isEqual,
            var order => order < 0 == isLess,
        };
    }

    private TruthOf Equal(Term left, Term right, Token place)
    {
        switch (left, right)
        {
            case (Term.Number { Of: var a }, Term.Number { Of: var b }):
                return (values, seed) => Arithmetic.AreEqual(a(values, seed), b(values, seed));
            case (Term.Truth { Of: var a }, Term.Truth { Of: var b }):
                return (values, seed) => !(a(values, seed) ^ b(values, seed));
            case (Term.Choice choice, Term.Word word):
                return IsWord(choice, word);
            case (Term.Word word, Term.Choice choice):
                return IsWord(choice, word);
            case (Term.Choice { Slot: var a }, Term.Choice { Slot: var b }):
                return (values, _) => values[a].Equals(values[b]);
            case (Term.Vector vector, Term.List list):
                return IsList(vector, list);
            case (Term.List list, Term.Vector vector):
                return IsList(vector, list);
            case (Term.Vector { Slot: var a }, Term.Vector { Slot: var b }):
                return (values, _) => values[a].Equals(values[b]);
            case (Term.Word word, _):
                throw Unknown(word);
            case (_, Term.Word word):
                throw Unknown(word);
            default:
                throw fault(place, $"{left.Shape} and {right.Shape} cannot be compared", "compare values of one type");
        }
    }

    private TruthOf IsWord(Term.Choice choice, Term.Word word)
    {
        var wanted = word.Start.Text;
        var slot = choice.Slot;
        return choice.Declared.Choices.Contains(wanted)
            ? (values, _) => ((Value.Choice)values[slot]).Word == wanted
            : throw fault(word.Start, $"'{choice.Declared.Name}' is never '{wanted}'", NearestName.Remedy(wanted, choice.Declared.Choices));
    }

    private TruthOf IsList(Term.Vector vector, Term.List list)
    {
        ImmutableArray<NumberOf> items = [.. list.Items.Select(Number)];
        var slot = vector.Slot;
        return (values, seed) =>
        {
            var numbers = ((Value.Vector)values[slot]).Numbers;
            bool? isEqual = numbers.Length == items.Length;
            for (var i = 0; isEqual is not false && i < items.Length; i++)
            {
                isEqual &= Arithmetic.AreEqual(numbers[i], items[i](values, seed));
            }

            return isEqual;
        };
    }

    private SweepException Mismatch(Term term, string problem, string remedy) =>
        term is Term.Word word ? Unknown(word) : fault(term.Start, problem, remedy);

    private SweepException Unknown(Term.Word word) => word.Start.Kind == TokenKind.Quoted
        ? fault(
            word.Start, $"the word '{word.Start.Text}' cannot stand here",
            "compare a word with a hyperparameter that is one: optimizer == adam")
        : fault(
            word.Start, $"experiment '{vocabulary.Experiment.Name}' has no hyperparameter '{word.Start.Text}'",
            NearestName.Remedy(word.Start.Text, vocabulary.Names));
}
