using System.Collections.Immutable;
using Sweeper.Core.Packing;

namespace Sweeper.Bench.Measuring;

/// <summary>What trains packs in this program.</summary>
internal static class Engines
{
    /// <summary>The tensors of libtorch, which train everything.</summary>
    public const string Torch = "torch";

    /// <summary>All of them that can train a pack, the usual one last.</summary>
    public static ImmutableArray<string> For(PackWork work) => Usual(work) == Torch ? [Torch] : [Torch, Usual(work)];

    /// <summary>The one that a sweep takes that names none.</summary>
    public static string Usual(PackWork work) => Name(work.Experiment.Engine(work.Statics));

    /// <summary>What names it on a command line.</summary>
    public static string[] Option(string engine) => ["--engine", engine];

    /// <summary>A pack to be trained by one of them.</summary>
    public static PackWork By(string engine, PackWork work) =>
        work with { Engine = Enum.GetValues<EngineKind>().Single(kind => Name(kind) == engine) };

    private static string Name(EngineKind engine) => engine.ToString().ToLowerInvariant();
}
