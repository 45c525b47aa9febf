using Sweeper.Core.Experiments;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>The floating-point type as a hyperparameter, and from it.</summary>
internal static class PrecisionSettings
{
    /// <summary>Single precision, by default.</summary>
    /// <param name="training">Whose type it is, where an experiment trains more than one thing.</param>
    public static Hyperparameter Declared(string training = "training") => Hyperparameter.Choice(
        "dtype", "float32", ["float32", "float64"], $"Floating-point type of the {training}.");

    /// <summary>Whether a point is trained in double precision.</summary>
    public static bool IsDouble(Point point) => point.Choice("dtype") == "float64";

    /// <summary>Bytes of a number.</summary>
    public static long Bytes(Point point) => IsDouble(point) ? sizeof(double) : sizeof(float);
}
