using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Core.Packing;
using Sweeper.Core.Sweeps;

namespace Sweeper.Commands;

/// <summary>The options of every verb that has trials trained: what the run may do.</summary>
internal sealed class RulesArguments
{
    private readonly Option<bool> failFast = new("--fail-fast")
    {
        Description = "stop at the first trial that is given up; what is committed stays, and the same command continues",
    };
    private readonly Option<bool> mixed = new("--mixed")
    {
        Description = "go on where numbers differ in the last bits (another processor, a GPU): the curves' bytes are then no "
            + "longer those of one machine",
    };

    private readonly Option<string?> engine = EngineOption();

    /// <summary>The option `--engine`.</summary>
    public static Option<string?> EngineOption()
    {
        var engine = new Option<string?>("--engine")
        {
            Description = "what trains: lanes (perceptrons only, on the CPU, with equal bits on every machine), fused (the same on a GPU, "
                + "never by default) or torch; by default what began the folder, or else what fits",
        };
        engine.AcceptOnlyFromAmong(Engines);
        return engine;
    }

    /// <summary>The words for engines.</summary>
    public static string[] Engines { get; } = [.. Enum.GetNames<EngineKind>().Select(name => name.ToLowerInvariant())];

    /// <summary>The engine of a word, or null for none.</summary>
    public static EngineKind? EngineOf(string? word) => word is null ? null : Enum.Parse<EngineKind>(word, ignoreCase: true);

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
        Engine = EngineOf(parsed.GetValue(engine)),
    };
}
