using System.Collections.Immutable;

namespace Sweeper.Core.Journal;

/// <summary>
/// What numbers are computed with, as its parts say it: `torch 2.10.0, TorchSharp 0.107.0, cpu avx2, MKL auto strict`. Equal texts
/// promise equal bits.
/// </summary>
public static class NumericsClass
{
    private const string Separator = ", ", Processor = ", cpu ";

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
