using System.Diagnostics;

namespace Sweeper.Core.Errors;

/// <summary>Where in the sources an exception was thrown.</summary>
public static class ThrowSite
{
    /// <summary>
    /// `file:line` of the frame nearest to the throw that lies in code of <paramref name="author"/> (or of a type nested in
    /// it), else of the nearest one whose source is known; null where none is. Paths below the current folder are relative to it.
    /// </summary>
    public static string? Of(Exception exception, Type? author = null)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames().Where(frame => frame.GetFileName() is not null).ToList();
        return (frames.FirstOrDefault(frame => author is not null && Outermost(frame.GetMethod()?.DeclaringType) == Outermost(author))
            ?? frames.FirstOrDefault()) is { } found
            ? FormattableString.Invariant($"{Shorten(found.GetFileName()!)}:{found.GetFileLineNumber()}")
            : exception.InnerException is { } cause ? Of(cause, author) : null;
    }

    private static Type? Outermost(Type? type) => type?.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string Shorten(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
