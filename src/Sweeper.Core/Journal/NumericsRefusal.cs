using System.Collections.Immutable;
using Sweeper.Core.Packing;

namespace Sweeper.Core.Journal;

/// <summary>Why a sweep is not trained by a machine whose numbers are of another kind, or by another engine.</summary>
/// <param name="Problem">What differs, in one sentence.</param>
/// <param name="Remedy">What to do about it, in one sentence.</param>
public sealed record NumericsRefusal(string Problem, string Remedy)
{
    private const string Anew = "begin anew in another folder (--results), or give up equal last bits with --mixed.";

    /// <summary>Null where it may train.</summary>
    /// <param name="subject">Who, in front of the verb; empty where it is named already.</param>
    /// <param name="begun">Classes in the folder's journal.</param>
    /// <param name="offered">The machine's class.</param>
    /// <param name="needs">What the programs are made for.</param>
    /// <param name="asked">What the run was told to take (`--engine`); null for what fits.</param>
    /// <param name="isMixed">Whether classes may be added.</param>
    public static NumericsRefusal? Of(
        string subject, ImmutableArray<string> begun, string offered, EngineKind needs, EngineKind? asked, bool isMixed)
    {
        if (NumericsClass.Choose(begun, offered, needs, asked, isMixed) is not null)
        {
            return null;
        }

        if (OfEngine(begun, asked, isMixed) is { } other)
        {
            return other;
        }

        var prefix = subject.Length > 0 ? $"{subject} " : "";
        // Whoever has lanes has torch, too: what began the folder is compared with the nearer one.
        EngineKind?[] ways = asked is null ? [null, EngineKind.Torch] : [asked];
        var own = ways.Select(way => NumericsClass.Choose([], offered, needs, way, isMixed)).OfType<string>();
        var differs = begun.IsEmpty ? null
            : own.Select(numerics => NumericsDifference.OfNearest(numerics, begun)).MinBy(difference => difference.Length);
        return differs is null
            ? new NumericsRefusal(
                $"{prefix}computes with {offered}, and this sweep is to be trained by {Word(asked ?? needs)}",
                $"Train it with a device that has {Word(asked ?? needs)}{(asked is null ? "" : ", or leave --engine out")}.")
            : new NumericsRefusal(
                $"{prefix}computes with other numbers than this sweep was begun with: {differs}",
                $"Go on with a machine of the kind that began it, {Anew}");
    }

    /// <summary>What is wrong with asking for an engine in a folder that another one began; null: nothing.</summary>
    public static NumericsRefusal? OfEngine(ImmutableArray<string> begun, EngineKind? asked, bool isMixed) =>
        asked is not { } engine || isMixed || begun.IsEmpty || begun.Any(numerics => NumericsClass.EngineOf(numerics) == engine) ? null
        : new NumericsRefusal(
            $"this sweep was begun by {Word(NumericsClass.EngineOf(begun[0]))}, and --engine {Word(engine)} asks for {Word(engine)}",
            $"Leave --engine out to go on with {Word(NumericsClass.EngineOf(begun[0]))}, {Anew}");

    /// <summary>An engine, as `--engine` names it.</summary>
    public static string Word(EngineKind engine) => engine.ToString().ToLowerInvariant();
}
