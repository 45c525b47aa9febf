using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Core.Sweeps.Typing;

namespace Sweeper.Core.Sweeps.Predicates;

/// <summary>Recursive descent over the tokens of a condition: or, and, not, comparison, sum, product, sign, primary.</summary>
internal sealed class PredicateParser
{
    private const int Deepest = 60;
    private const string SeedName = "seed";
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] Keywords = ["and", "or", "not", "in", "true", "false"];

    private readonly ImmutableArray<Token> tokens;
    private readonly ExperimentDeclaration experiment;
    private readonly Comparing comparing;
    private readonly Func<int, SourcePlace> placeOf;
    private readonly HashSet<string> names = [];
    private int next;
    private int depth;

    private PredicateParser(string text, ExperimentDeclaration experiment, Func<int, SourcePlace> placeOf)
    {
        tokens = [.. Tokens.Of(text, placeOf)];
        this.experiment = experiment;
        this.placeOf = placeOf;
        comparing = new Comparing(experiment, Fault);
    }

    /// <summary>The compiled condition and the names in it.</summary>
    public static (TruthOf Truth, IReadOnlySet<string> Names) Parse(string text, ExperimentDeclaration experiment, Func<int, SourcePlace> placeOf)
    {
        var parser = new PredicateParser(text, experiment, placeOf);
        var truth = parser.comparing.Truth(parser.Or());
        return parser.Here.Kind == TokenKind.End ? (truth, parser.names) : throw parser.Unexpected();
    }

    private Token Here => tokens[next];

    private SweepException Fault(Token token, string problem, string remedy) => placeOf(token.Offset).Fault(problem, remedy);

    private bool Take(string text)
    {
        var isTaken = Here.Is(text);
        next += isTaken ? 1 : 0;
        return isTaken;
    }

    private Term Or()
    {
        if (++depth > Deepest)
        {
            throw Fault(Here, "this condition is nested too deeply", "use fewer parentheses, or several conditions");
        }

        var left = And();
        while (Take("or"))
        {
            var (a, b) = (comparing.Truth(left), comparing.Truth(And()));
            left = new Term.Truth(left.Start, (values, seed) => a(values, seed) || b(values, seed));
        }

        depth--;
        return left;
    }

    private Term And()
    {
        var left = Not();
        while (Take("and"))
        {
            var (a, b) = (comparing.Truth(left), comparing.Truth(Not()));
            left = new Term.Truth(left.Start, (values, seed) => a(values, seed) && b(values, seed));
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
            var isPlus = tokens[next++].Text == "+";
            var (a, b) = (comparing.Number(left), comparing.Number(Product()));
            left = new Term.Number(left.Start, isPlus ? (values, seed) => a(values, seed) + b(values, seed) : (values, seed) => a(values, seed) - b(values, seed));
        }

        return left;
    }

    private Term Product()
    {
        var left = Signed();
        while (Here.Is("*") || Here.Is("/"))
        {
            var isTimes = tokens[next++].Text == "*";
            var (a, b) = (comparing.Number(left), comparing.Number(Signed()));
            left = new Term.Number(left.Start, isTimes ? (values, seed) => a(values, seed) * b(values, seed) : (values, seed) => a(values, seed) / b(values, seed));
        }

        return left;
    }

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

        var term = Primary();
        if (!isSigned)
        {
            return term;
        }

        var number = comparing.Number(term);
        return new Term.Number(start, isNegative ? (values, seed) => -number(values, seed) : number);
    }

    private Term Primary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case TokenKind.Number:
                next++;
                var number = YamlNumber.Real(token.Text) ?? throw Fault(token, $"'{token.Text}' is no finite number", "write a number such as 1e-3");
                return new Term.Number(token, (_, _) => number);
            case TokenKind.Quoted:
                next++;
                return new Term.Word(token);
            case TokenKind.Name when !Keywords.Contains(token.Text):
                next++;
                return Here.Is("(") ? throw Fault(token, $"'{token.Text}(' looks like a function, and there are none", "compare the values themselves") : Name(token);
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
        if (token.Text == SeedName && experiment.IndexOf(SeedName) < 0)
        {
            names.Add(SeedName);
            return new Term.Number(token, (_, seed) => seed);
        }

        var slot = experiment.IndexOf(token.Text);
        if (slot < 0)
        {
            return new Term.Word(token);
        }

        names.Add(token.Text);
        var declared = experiment.Hyperparameters[slot];
        return declared.Kind switch
        {
            ValueKind.Integer => new Term.Number(token, (values, _) => ((Value.Integer)values[slot]).Number),
            ValueKind.Real => new Term.Number(token, (values, _) => ((Value.Real)values[slot]).Number),
            ValueKind.Flag => new Term.Truth(token, (values, _) => ((Value.Flag)values[slot]).IsSet),
            ValueKind.Choice => new Term.Choice(token, declared, slot),
            _ => new Term.Vector(token, declared, slot),
        };
    }

    private SweepException Unexpected() => Fault(
        Here, $"{Here.Shape} cannot stand here in a condition", "write for example: depth == 8 and (weight_decay > 1e-3 or optimizer in [adam, sgd])");
}
