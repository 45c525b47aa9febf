using Sweeper.Core.Errors;

namespace Sweeper.Cluster;

/// <summary>A <see cref="SweepException"/> that travels: what is wrong, where, what to do, and what the process exits with.</summary>
public sealed record Fault(ExitCode ExitCode, string Problem, string? Place = null, string? Remedy = null)
{
    private const int LongestText = 2000;

    /// <summary>As an exception again.</summary>
    public SweepException ToException() => new(ExitCode, Problem, Remedy, Place);

    /// <summary>The fault that a user sees for an exception; long texts are cut, since they travel in one frame.</summary>
    internal static Fault From(Exception exception) => exception switch
    {
        SweepException known => new(known.ExitCode, Cut(known.Message), Cut(known.Place), Cut(known.Remedy)),
        IOException or UnauthorizedAccessException => new(
            ExitCode.Preflight, Cut(exception.Message), null,
            "Mend the disk or folder; `sweeper run` then continues: committed data is whole."),
        _ => new(ExitCode.Internal, Cut($"{exception.GetType().Name}: {exception.Message}"), ThrowSite.Of(exception)),
    };

    /// <summary>As a journal keeps it: problem, place and remedy in one line.</summary>
    internal string Line => $"{Problem}{(Place is null ? "" : $" ({Place.Split('\n')[0]})")}{(Remedy is null ? "" : $". {Remedy}")}";

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text) => text?.Length > LongestText ? text[..LongestText] : text;
}
