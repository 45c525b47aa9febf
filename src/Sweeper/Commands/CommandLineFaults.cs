using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>What is wrong with a command line, in words: the parser speaks of types, and does not know which names are near.</summary>
internal static class CommandLineFaults
{
    /// <summary>Other words for verbs, which are near to none in letters, or to the wrong one.</summary>
    private static readonly Dictionary<string, string> Meant = new(StringComparer.OrdinalIgnoreCase)
    {
        ["figure"] = "plot", ["figures"] = "plot", ["draw"] = "plot", ["start"] = "run", ["train"] = "run", ["stop"] = "cancel",
        ["check"] = "plan", ["validate"] = "plan",
    };

    /// <summary>
    /// The faults of a command line as one exception, or null. A misspelt name comes alone: what stands after it was taken for
    /// something else.
    /// </summary>
    public static SweepException? Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Action is HelpExamples || (parsed.Errors.Count == 0 && !Swallowed(parsed).Any()))
        {
            return null;
        }

        if (command is RootCommand && parsed.UnmatchedTokens is [var first, ..])
        {
            return Usage(
                IsOption(first) ? $"sweeper has no option '{first}'" : $"there is no verb '{first}'",
                Meant.TryGetValue(first, out var meant) ? $"did you mean '{meant}'?"
                : NearestName.Remedy(first, IsOption(first) ? OptionsOf(parsed) : command.Subcommands.Select(verb => verb.Name)));
        }

        ImmutableArray<string> unknown = [.. parsed.UnmatchedTokens.Where(IsOption), .. Swallowed(parsed)];
        if (!unknown.IsEmpty)
        {
            return SweepException.Together([.. unknown.Select(name => Usage(
                $"`{command.Name}` has no option '{name}'", NearestName.Remedy(name, OptionsOf(parsed))))]);
        }

        ImmutableArray<SweepException> faults =
        [
            .. parsed.UnmatchedTokens
                .Select(token => Usage($"`{command.Name}` takes no further '{token}'", $"quote what belongs together; {Help(command)}")),
            .. parsed.Errors.Where(error => error.SymbolResult is OptionResult or ArgumentResult { Parent: OptionResult }).Select(OfOption),
            .. parsed.CommandResult.Children.OfType<ArgumentResult>()
                .Where(argument => argument.Tokens.Count < argument.Argument.Arity.MinimumNumberOfValues)
                .Select(argument =>
                    Usage($"`{command.Name}` needs <{argument.Argument.Name}>: {argument.Argument.Description}", Help(command))),
        ];
        // What is lacking is mostly what something else was taken for.
        return !faults.IsEmpty ? SweepException.Together([.. faults.DistinctBy(fault => fault.Message)])
            : Usage(parsed.Errors[^1].Message, Help(command));
    }

    private static SweepException OfOption(ParseError error)
    {
        var result = error.SymbolResult as OptionResult ?? (OptionResult)error.SymbolResult!.Parent!;
        var option = result.Option;
        var name = result.IdentifierToken?.Value ?? option.Name;
        var help = $"write {name} <{option.HelpName ?? (Kind(option.ValueType) is null ? "value" : "number")}>: {option.Description}";
        if (result.Tokens.Count < option.Arity.MinimumNumberOfValues)
        {
            return Usage(result.Implicit ? $"{name} is missing" : $"{name} needs a value", help);
        }

        if (result.Tokens.Count > option.Arity.MaximumNumberOfValues)
        {
            return Usage($"{name} stands twice, with {string.Join(" and ", result.Tokens.Select(token => $"'{token.Value}'"))}",
                "keep one of the two");
        }

        var value = result.Tokens[^1].Value;
        var choices = option.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label).ToList();
        return Kind(option.ValueType) is { } kind
            ? Usage(value.All(char.IsAsciiDigit) ? $"{name} cannot be {value}" : $"{name} must be {kind}, but '{value}' stands there", help)
            : choices.Count > 0 ? Usage($"{name} cannot be '{value}'", NearestName.Remedy(value, choices))
            : Usage(error.Message, help);
    }

    /// <summary>What looks like an option and was taken for an argument, unless `--` stands before it.</summary>
    private static IEnumerable<string> Swallowed(ParseResult parsed) => parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? []
        : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Where(IsOption);

    private static bool IsOption(string token) => token is ['-', '-', ..] or ['-', >= 'A' and <= 'z', ..];

    private static IEnumerable<string> OptionsOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Where(option => !option.Hidden).Select(option => option.Name).Append("--help").Distinct();

    private static string? Kind(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "true or false",
        _ => null,
    };

    private static string Help(Command command) => $"`sweeper {command.Name} --help` lists what is accepted";

    private static SweepException Usage(string problem, string? remedy) => new(ExitCode.Usage, problem, remedy);
}
