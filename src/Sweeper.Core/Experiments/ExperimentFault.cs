using Sweeper.Core.Errors;

namespace Sweeper.Core.Experiments;

/// <summary>Errors in the code of an experiment: its author mends them, they are no defect of Sweeper.</summary>
public static class ExperimentFault
{
    private const string Guide = "(docs/extending.md)";

    /// <summary>Whether an exception is an error of the code that threw it, and not one of disk, memory or user with words of its own.</summary>
    public static bool IsOfCode(Exception exception) =>
        exception is not (SweepException or OutOfMemoryException or IOException or UnauthorizedAccessException or OperationCanceledException);

    /// <summary>Code that looks at a point threw.</summary>
    /// <param name="part">What threw: `Build`, `BytesPerLane`.</param>
    /// <param name="cause">What it threw.</param>
    /// <param name="author">Type that the code belongs to, where one is known.</param>
    /// <param name="point">The point that it looked at.</param>
    public static SweepException At(string part, Exception cause, Type? author, Point point)
    {
        var settings = point.Experiment.Hyperparameters.Index()
            .Where(entry => !entry.Item.Default.Equals(point.Values[entry.Index])).Select(entry => $"{entry.Item.Name} = {point.Values[entry.Index]}");
        var at = string.Join(", ", settings) is { Length: > 0 } named ? named : "the defaults";
        return Of(point.Experiment.Name, $"{part} threw {Words(cause)} (at {at})", cause, author,
            $"Mend it; if such points cannot be trained, declare a constraint, so that they are refused before training {Guide}. SWEEPER_TRACE=1 shows the whole trace.");
    }

    /// <summary>Code that looks at no point threw.</summary>
    public static SweepException Of(string experiment, string part, Exception cause, Type? author) =>
        Of(experiment, $"{part} threw {Words(cause)}", cause, author, $"Mend it {Guide}.");

    /// <summary>What an experiment declares contradicts itself.</summary>
    public static SweepException Of(string experiment, string problem) => Of(experiment, problem, null, null, $"Mend its declaration {Guide}.");

    private static SweepException Of(string experiment, string problem, Exception? cause, Type? author, string remedy) => new(
        ExitCode.Internal, $"the code of experiment '{experiment}' is wrong: {problem}", remedy, cause is null ? null : ThrowSite.Of(cause, author), cause);

    private static string Words(Exception cause) => $"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings("\n").Split('\n')[0]}";
}
