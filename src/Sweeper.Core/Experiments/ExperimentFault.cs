using Sweeper.Core.Errors;

namespace Sweeper.Core.Experiments;

/// <summary>Errors in the code of an experiment: its author mends them, they are no defect of Sweeper.</summary>
public static class ExperimentFault
{
    private const string Guide = "(docs/extending.md in the sources of Sweeper)";

    /// <summary>
    /// Whether an exception is an error of the code that threw it, and not one of disk, memory or user with words of its own.
    /// </summary>
    public static bool IsOfCode(Exception exception) =>
        exception is not (SweepException or OutOfMemoryException or IOException or UnauthorizedAccessException
            or OperationCanceledException);

    /// <summary>Code that looks at a point threw.</summary>
    /// <param name="part">What threw: `Build`, `BytesPerLane`.</param>
    /// <param name="cause">What it threw.</param>
    /// <param name="author">Type that the code belongs to, where one is known.</param>
    /// <param name="point">The point that it looked at.</param>
    public static SweepException At(string part, Exception cause, Type? author, Point point)
    {
        var settings = point.Experiment.Hyperparameters.Index()
            
            .Where(entry => point.Swept.Contains(entry.Index) || !entry.Item.Default.Equals(point.Values[entry.Index]))
            .Select(entry => $"{entry.Item.Name} = {point.Values[entry.Index]}");
        var at = string.Join(", ", settings) is { Length: > 0 } named ? named : "the defaults";
        return Thrown(point.Experiment.Name, $"{part}: {Words(cause)} (at {at})", cause, author,
            $"Mend the code, or declare a constraint, so that such points are refused before training {Guide}.");
    }

    /// <summary>Code that looks at no point threw.</summary>
    public static SweepException Of(string experiment, string part, Exception cause, Type? author) =>
        Thrown(experiment, $"{part}: {Words(cause)}", cause, author, $"Mend the code {Guide}.");

    /// <summary>What an experiment declares contradicts itself.</summary>
    public static SweepException Of(string experiment, string problem) =>
        new(ExitCode.Internal, $"the code of experiment '{experiment}' is wrong: {problem}", $"Mend its declaration {Guide}.");

    private static SweepException Thrown(string experiment, string what, Exception cause, Type? author, string remedy) =>
        new(ExitCode.Internal, $"the code of experiment '{experiment}' threw in {what}", remedy, ThrowSite.Of(cause, author), cause);

    private static string Words(Exception cause) => $"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings("\n").Split('\n')[0]}";
}
