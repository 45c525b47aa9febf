using System.Collections.Immutable;
using Sweeper.Core.Packing;

namespace Sweeper.Core.Journal;

/// <summary>
/// What numbers are computed with, as its parts say it: `torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL auto strict`, in front of which
/// stands `lanes 1`, or on a GPU `fused 1`, where Sweeper's own arithmetic trains what it can, and torch the rest. Equal texts promise
/// equal bits.
/// </summary>
public static class NumericsClass
{
    private const string Separator = ", ", Processor = ", cpu ";

    private const string LanesFirst = "lanes 1, ", FusedFirst = "fused 1, ";

    /// <summary>The class of a device that torch computes with, where lanes train, too. Other bits of theirs are another number.</summary>
    public static string WithLanes(string torch) => LanesFirst + torch;

    /// <summary>The same of a GPU that has the fused kernels.</summary>
    public static string WithFused(string torch) => FusedFirst + torch;

    /// <summary>What trains in a class, where a program leaves the choice.</summary>
    public static EngineKind EngineOf(string numerics) =>
        numerics.StartsWith(LanesFirst, StringComparison.Ordinal) ? EngineKind.Lanes
        : numerics.StartsWith(FusedFirst, StringComparison.Ordinal) ? EngineKind.Fused : EngineKind.Torch;

    /// <summary>Whether it is the class of a GPU.</summary>
    public static bool IsOnGpu(string numerics) =>
        numerics.Split(Separator).Any(part => part == "cuda" || part.StartsWith("cuda ", StringComparison.Ordinal));

    /// <summary>
    /// What a sweep is begun or gone on with by a worker; null where it may not. Whoever has lanes or the fused kernels has torch, too: a
    /// folder that was begun with torch goes on with it. Fused kernels begin a folder only where they are asked for.
    /// </summary>
    /// <param name="begun">Classes in its journal.</param>
    /// <param name="offered">The worker's.</param>
    /// <param name="needs">What its programs are made for: lanes if any is.</param>
    /// <param name="asked">What its run was told to take; null for what fits.</param>
    /// <param name="isMixed">Whether classes may be added.</param>
    public static string? Choose(ImmutableArray<string> begun, string offered, EngineKind needs, EngineKind? asked, bool isMixed)
    {
        var engine = EngineOf(offered);
        var torch = engine switch
        {
            EngineKind.Lanes => offered[LanesFirst.Length..],
            EngineKind.Fused => offered[FusedFirst.Length..],
            _ => offered,
        };
        ImmutableArray<string> fitting = (asked ?? needs, asked) switch
        {
            (EngineKind.Torch, _) => [torch],
            (_, null) => engine == EngineKind.Fused ? [torch, offered] : [offered, torch],
            _ => engine == asked ? [offered] : [],
        };
        return fitting.FirstOrDefault(numerics => MayGoOn(begun, numerics)) ?? (isMixed ? fitting.FirstOrDefault() : null);
    }

    /// <summary>Whether a sweep that was computed with some of them may go on with this one.</summary>
    /// <param name="begun">Those that are in its journal.</param>
    /// <param name="with">That of a worker.</param>
    public static bool MayGoOn(ImmutableArray<string> begun, string with) =>
        begun.IsEmpty || begun.Contains(with) || begun.All(earlier => IsForerunner(earlier, with));

    /// <summary>
    /// The same versions on a processor, before the choice of kernels was fixed and named (`..., cpu avx2`): its last bits hung on the
    /// addresses of operands, so that going on with fixed kernels gives nothing up.
    /// </summary>
    private static bool IsForerunner(string earlier, string with)
    {
        var device = earlier.LastIndexOf(Separator, StringComparison.Ordinal);
        return device >= 0 && earlier[device..].StartsWith(Processor, StringComparison.Ordinal)
            && with.StartsWith(earlier[..device] + Processor, StringComparison.Ordinal)
            && with.LastIndexOf(Separator, StringComparison.Ordinal) > device;
    }
}
