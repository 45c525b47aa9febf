using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Core.Packing;
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

    private readonly Option<string?> engine = new("--engine")
    {
        Description = "what trains on the CPU: lanes (perceptrons only, with equal bits on every machine) or torch; by default what began "
            + "the folder, or else what fits",
    };

    /// <summary>Says which engines there are.</summary>
    public RulesArguments() => engine.AcceptOnlyFromAmong([.. Enum.GetNames<EngineKind>().Select(name => name.ToLowerInvariant())]);

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(failFast);
        command.Add(mixed);
        command.Add(engine);
    }

    /// <summary>The same options for a process elsewhere.</summary>
    public ImmutableArray<string> Words(ParseResult parsed) =>
    [
        .. ((Option<bool>[])[failFast, mixed]).Where(parsed.GetValue).Select(option => option.Name),
        .. parsed.GetValue(engine) is { } chosen ? (string[])[engine.Name, chosen] : [],
    ];

    /// <summary>What a command line allows.</summary>
    public RunRules Of(ParseResult parsed) => new(parsed.GetValue(failFast), parsed.GetValue(mixed)) 
    {
        Engine = parsed.GetValue(engine) is { } chosen ? Enum.Parse<EngineKind>(chosen, ignoreCase: true) : null,
    };
}
