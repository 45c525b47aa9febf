using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Core.Sweeps.Typing;

namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>
/// Recursive descent over the tokens of a condition or a formula: or, and, not, comparison, sum, product, sign, power, primary.
/// </summary>
internal sealed class PredicateParser
{
    private const int Deepest = 60;

    /// <summary>Operations at most, those of derived values included: each one nests a call, and each trial repeats them.</summary>
    private const int MostOperations = 1000;

    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] Keywords = ["and", "or", "not", "in", "true", "false"];

    private readonly ImmutableArray<Token> tokens;
    private readonly Vocabulary vocabulary;
    private readonly string what;
    private readonly Comparing comparing;
    private readonly Func<int, SourcePlace> placeOf;
    private readonly HashSet<string> names = [];
    private int next;
    private int depth;
    private int operations;

    private PredicateParser(string text, string what, Vocabulary vocabulary, Func<int, SourcePlace> placeOf)
    {
        tokens = [.. Tokens.Of(text, placeOf)];
        this.what = what;
        this.vocabulary = vocabulary;
        this.placeOf = placeOf;
        comparing = new Comparing(vocabulary, Fault);
    }

    /// <summary>The compiled condition and the names in it.</summary>
    public static (TruthOf Truth, IReadOnlySet<string> Names) Condition(string text, Vocabulary vocabulary, Func<int, SourcePlace> placeOf)
    {
        var parser = new PredicateParser(text, "condition", vocabulary, placeOf);
        var truth = parser.comparing.Truth(parser.Or());
        return parser.Here.Kind == TokenKind.End ? (truth, parser.names) : throw parser.Unexpected();
    }

    /// <summary>The compiled formula of a derived value: a number, or true or false.</summary>
    public static DerivedValue Formula(string name, string text, Vocabulary vocabulary, Func<int, SourcePlace> placeOf)
    {
        var parser = new PredicateParser(text, "formula", vocabulary, placeOf);
        var term = parser.Or();
        return parser.Here.Kind != TokenKind.End ? throw parser.Unexpected()
            : new DerivedValue(name, text, parser.comparing.Formula(term), parser.names, parser.operations);
    }

    private Token Here => tokens[next];

    private SweepException Fault(Token token, string problem, string remedy) => placeOf(token.Offset).Fault(problem, remedy);

    private bool Take(string text)
    {
        var isTaken = Here.Is(text);
        next += isTaken ? 1 : 0;
        return isTaken;
    }

    /// <summary>Counts what the token stands for.</summary>
    private void Count(Token token, int more = 1)
    {
        operations += more;
        if (operations > MostOperations)
        {
            throw Fault(token, $"this {what} has more than {MostOperations} operations, those of derived values included",
                "make it shorter, or use several");
        }
    }

    private void Deepen()
    {
        if (++depth > Deepest)
        {
            throw Fault(Here, $"this {what} is nested too deeply", "use fewer parentheses, or several conditions");
        }
    }

    private Term Or()
    {
        Deepen();
        var left = And();
        while (Take("or"))
        {
            Count(Here);
            var (a, b) = (comparing.Truth(left), comparing.Truth(And()));
            left = new Term.Truth(left.Start,
                (values, seed) => a(values, seed) switch { true => true, var known => known | b(values, seed) });
        }

        depth--;
        return left;
    }

    private Term And()
    {
        var left = Not();
        while (Take("and"))
        {
            Count(Here);
            var (a, b) = (comparing.Truth(left), comparing.Truth(Not()));
            left = new Term.Truth(left.Start,
                (values, seed) => a(values, seed) switch { false => false, var known => known & b(values, seed) });
        }

        return left;
    }

    private Term Not()
    {
        var start = Here;
        var isNegated = false;
        var isLogical = false;
        while (Take("not"))
        {
            (isNegated, isLogical) = (!isNegated, true);
        }

        var term = Comparison();
        if (!isLogical)
        {
            return term;
        }

        var truth = comparing.Truth(term);
        return new Term.Truth(start, isNegated ? (values, seed) => !truth(values, seed) : truth);
    }

    private Term Comparison()
    {
        var left = Sum();
        var sign = Here;
        if (sign.Kind == TokenKind.Sign && Comparisons.Contains(sign.Text))
        {
            next++;
            var compared = comparing.Compare(left, sign, Sum());
            return Comparisons.Contains(Here.Text) && Here.Kind == TokenKind.Sign
                ? throw Fault(Here, "a comparison has two sides", "write `0 < noise and noise < 1`")
                : compared;
        }

        if (sign.Is("not") && tokens[next + 1].Is("in"))
        {
            next += 2;
            var inside = comparing.In(left, Sum());
            return new Term.Truth(left.Start, (values, seed) => !inside(values, seed));
        }

        return Take("in") ? new Term.Truth(left.Start, comparing.In(left, Sum())) : left;
    }

    private Term Sum()
    {
        var left = Product();
        while (Here.Is("+") || Here.Is("-"))
        {
            left = Computed(left, tokens[next++], Product());
        }

        return left;
    }

    private Term Product()
    {
        var left = Signed();
        while (Here.Is("*") || Here.Is("/"))
        {
            left = Computed(left, tokens[next++], Signed());
        }

        return left;
    }

    /// <summary>From right to left, and before a sign to its left: -2**2 is -4, 2**-1 is 0.5, 2**3**2 is 512.</summary>
    private Term Power()
    {
        var left = Primary();
        if (!Here.Is("**"))
        {
            return left;
        }

        var sign = tokens[next++];
        Deepen();
        var power = Computed(left, sign, Signed());
        depth--;
        return power;
    }

    private Term.Number Computed(Term left, Token sign, Term right)
    {
        Count(sign);
        var (a, b, operation) = (comparing.Number(left), comparing.Number(right), Arithmetic.Of(sign.Text));
        if (left is not Term.Number { Constant: { } first } || right is not Term.Number { Constant: { } second })
        {
            return new Term.Number(left.Start, (values, seed) => operation(a(values, seed), b(values, seed)));
        }

        var constant = operation(first, second);
        return double.IsNaN(constant)
            ? throw Fault(sign, $"{first} {sign.Text} {second} has no finite value", "use other numbers")
            : Constant(left.Start, constant);
    }

    private static Term.Number Constant(Token start, double number) => new(start, (_, _) => number) { Constant = number };

    private Term Signed()
    {
        var start = Here;
        var isNegative = false;
        var isSigned = false;
        while (Here.Is("-") || Here.Is("+"))
        {
            isNegative ^= tokens[next++].Text == "-";
            isSigned = true;
        }

        var term = Power();
        if (!isSigned)
        {
            return term;
        }

        var number = comparing.Number(term);
        return term is Term.Number { Constant: { } constant } ? Constant(start, isNegative ? -constant : constant)
            : new Term.Number(start, isNegative ? (values, seed) => -number(values, seed) : number);
    }

    private Term Primary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case TokenKind.Number:
                next++;
                return Constant(token, YamlNumber.Real(token.Text) ?? throw (YamlNumber.Vanishes(token.Text)
                    ? ScalarReader.Vanishing(token.Text, placeOf(token.Offset))
                    : Fault(token, $"'{token.Text}' is no finite number", "write a number such as 1e-3")));
            case TokenKind.Quoted:
                next++;
                return new Term.Word(token);
            case TokenKind.Name when !Keywords.Contains(token.Text):
                next++;
                return Here.Is("(")
                    ? throw Fault(token, $"'{token.Text}(' looks like a function, and there are none",
                        "compare the values themselves; x ** 0.5 is a square root") : Name(token);
            default:
                return Take("true") ? new Term.Truth(token, (_, _) => true)
                    : Take("false") ? new Term.Truth(token, (_, _) => false)
                    : Take("(") ? Parentheses(token)
                    : Take("[") ? List(token)
                    : throw Unexpected();
        }
    }

    private Term Parentheses(Token open)
    {
        var inside = Or();
        return Take(")") ? inside : throw Fault(open, "this parenthesis is not closed", $"put ')' where {Here.Shape} stands");
    }

    private Term.List List(Token open)
    {
        var items = ImmutableArray.CreateBuilder<Term>();
        while (!Take("]"))
        {
            items.Add(items.Count < Deepest * Deepest ? Sum() : throw Fault(Here, "this list is too long", "compare with bounds instead"));
            if (!Take(",") && !Here.Is("]"))
            {
                throw Fault(open, "this bracket is not closed", $"put ']' or ',' where {Here.Shape} stands");
            }
        }

        return new Term.List(open, items.ToImmutable());
    }

    private Term Name(Token token)
    {
        var experiment = vocabulary.Experiment;
        if (token.Text == Vocabulary.Seed && experiment.IndexOf(Vocabulary.Seed) < 0)
        {
            names.Add(Vocabulary.Seed);
            return new Term.Number(token, (_, seed) => seed);
        }

        if (vocabulary.Derived(token.Text) is { } derived)
        {
            Count(token, derived.Operations);
            names.UnionWith(derived.Names);
            return derived.At(token);
        }

        var slot = experiment.IndexOf(token.Text);
        if (slot < 0)
        {
            return !vocabulary.Broken.Contains(token.Text) ? new Term.Word(token) : throw placeOf(token.Offset).Consequence();
        }

        names.Add(token.Text);
        var declared = experiment.Hyperparameters[slot];
        return declared.Kind switch
        {
            ValueKind.Integer => new Term.Number(token, (values, _) => ((Value.Integer)values[slot]).Number),
            ValueKind.Real => new Term.Number(token, (values, _) => ((Value.Real)values[slot]).Number),
            ValueKind.Flag => new Term.Truth(token, (values, _) => ((Value.Flag)values[slot]).IsSet),
            ValueKind.Choice => new Term.Choice(token, declared, slot),
            _ => Take("[") ? Item(token, slot) : new Term.Vector(token, declared, slot),
        };
    }

    /// <summary>A number of a list, counted from 0, or from -1 at its end; undefined where the list is shorter.</summary>
    private Term.Number Item(Token list, int slot)
    {
        Count(list);
        var place = Here;
        if (Sum() is not Term.Number { Constant: { } number } || Math.Floor(number) != number || Math.Abs(number) > int.MaxValue)
        {
            throw Fault(
                place, "a number of a list is chosen by a whole number",
                $"write {list.Text}[0] for its first, {list.Text}[-1] for its last");
        }

        if (!Take("]"))
        {
            throw Fault(place, "this bracket is not closed", $"put ']' where {Here.Shape} stands");
        }

        return new Term.Number(list, (values, _) =>
        {
            var numbers = ((Value.Vector)values[slot]).Numbers;
            var index = (int)number < 0 ? numbers.Length + (int)number : (int)number;
            return index >= 0 && index < numbers.Length ? numbers[index] : double.NaN;
        });
    }

    private SweepException Unexpected() => Fault(
        Here, $"{Here.Shape} cannot stand here in a {what}",
        what == "formula" ? "write for example: 1 / noise ** 2, or depth > 4"
            : "write for example: depth == 8 and (weight_decay > 1e-3 or optimizer in [adam, sgd])");
}
