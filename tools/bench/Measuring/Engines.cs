using System.Collections.Immutable;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Training.Running;

namespace Sweeper.Bench.Measuring;

/// <summary>What trains packs in this program.</summary>
internal static class Engines
{
    /// <summary>All of them that can train a pack.</summary>
    public static ImmutableArray<string> For(PackWork work) => ["torch"];

    /// <summary>The one that a sweep takes that names none.</summary>
    public static string Usual(PackWork work) => For(work)[^1];

    /// <summary>What names it on a command line.</summary>
    public static string[] Option(string engine) => [];

    /// <summary>A runner with that engine, on the processor.</summary>
    public static IPackRunner Runner(string engine) => new PackRunner();
}
