namespace Sweeper.Core.Experiments;

/// <summary>Mistakes of an author that a declaration shows by itself.</summary>
public static class DeclarationCheck
{
    /// <summary>Every point has a floating-point type, whoever trains it.</summary>
    private const string Type = "dtype";

    /// <summary>Throws an <see cref="ExperimentFault"/> for the first name that is declared twice or not at all.</summary>
    public static void Check(ExperimentDeclaration declared)
    {
        if (Mistakes(declared).FirstOrDefault() is { } mistake)
        {
            throw ExperimentFault.Of(declared.Name, mistake);
        }
    }

    private static IEnumerable<string> Mistakes(ExperimentDeclaration declared) =>
    [
        .. Twice("hyperparameter", declared.Hyperparameters.Select(one => one.Name)),
        .. Twice("metric", declared.Metrics.Select(one => one.Name)),
        .. Twice("stream", declared.Streams.Select(one => one.Name)),
        .. declared.IndexOf(Type) < 0
            ? [$"it declares no hyperparameter '{Type}', a choice of float32 and float64"]
            : Array.Empty<string>(),
        .. from stream in declared.Streams
           where !declared.Hyperparameters.Any(one => one.Name == stream.SeedHyperparameter && one.Kind == ValueKind.Integer)
           select $"the seed of stream '{stream.Name}' is '{stream.SeedHyperparameter}', which is no declared whole number",
        .. from constraint in declared.Constraints from name in constraint.Names
           where declared.IndexOf(name) < 0
           select $"the constraint '{constraint.Doc}' names '{name}', which is no declared hyperparameter",
        .. from metric in declared.DefaultMetrics
           where declared.Metrics.All(one => one.Name != metric)
           select $"'{metric}' of its default metrics is no metric of it",
    ];

    private static IEnumerable<string> Twice(string what, IEnumerable<string> names) =>
        names.GroupBy(name => name).Where(alike => alike.Count() > 1).Select(alike => $"it declares the {what} '{alike.Key}' twice");
}
