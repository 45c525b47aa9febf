using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Core.Sweeps;

namespace Sweeper.Commands;

/// <summary>The options of every verb that has trials trained: what the run may do.</summary>
internal sealed class RulesArguments
{
    private readonly Option<bool> failFast = new("--fail-fast") { Description = "stop at the first trial that is given up; what is committed stays, and the same command continues" };
    private readonly Option<bool> mixed = new("--mixed")
    {
        Description = "go on where numbers differ in the last bits (another processor, a GPU): the curves' bytes are then no longer those of one machine",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(failFast);
        command.Add(mixed);
    }

    /// <summary>The same options for a process elsewhere.</summary>
    public ImmutableArray<string> Words(ParseResult parsed) =>
        [.. ((Option<bool>[])[failFast, mixed]).Where(parsed.GetValue).Select(option => option.Name)];

    /// <summary>What a command line allows.</summary>
    public RunRules Of(ParseResult parsed) => new(parsed.GetValue(failFast), parsed.GetValue(mixed));
}
