using Sweeper.Core.Experiments;

namespace Sweeper.Terminal;

/// <summary>Declarations of hyperparameters and metrics in words.</summary>
internal static class DeclarationText
{
    /// <summary>What its values may be: `integer 1..256`, `gd | sgd`, `real >= 0`.</summary>
    public static string Kind(Hyperparameter one) => one.Kind switch
    {
        ValueKind.Choice => string.Join(" | ", one.Choices),
        ValueKind.Flag => "true | false",
        _ => one.Kind.ToString().ToLowerInvariant() + Range(one),
    };

    /// <summary>A metric's better direction; empty where it has none.</summary>
    public static string Better(MetricDeclaration metric) =>
        metric.Better == MetricDirection.None ? "" : metric.Better.ToString().ToLowerInvariant();

    private static string Range(Hyperparameter one) => (double.IsFinite(one.Minimum), double.IsFinite(one.Maximum)) switch
    {
        (true, true) => $" {one.Minimum:R}..{one.Maximum:R}",
        (true, false) => $" >= {one.Minimum:R}",
        (false, true) => $" <= {one.Maximum:R}",
        _ => "",
    };
}
