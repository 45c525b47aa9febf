using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;

namespace Sweeper.Training.Experiments;

/// <summary>What the words of sweep files mean.</summary>
internal static class NamedChoices
{
    public static IReadOnlyDictionary<string, InputLaw> Inputs { get; } = new Dictionary<string, InputLaw>
    {
        ["whitened"] = InputLaw.Whitened, ["orthonormal"] = InputLaw.Orthonormal, ["gaussian"] = InputLaw.Gaussian,
    };

    public static IReadOnlyDictionary<string, InitialLaw> Initials { get; } = new Dictionary<string, InitialLaw>
    {
        ["haar"] = InitialLaw.Haar, ["gaussian"] = InitialLaw.Gaussian, ["torch-default"] = InitialLaw.TorchDefault,
    };

    public static IReadOnlyDictionary<string, ErrorScaling> Scalings { get; } = new Dictionary<string, ErrorScaling>
    {
        ["mean_example_sum_output"] = ErrorScaling.MeanExampleSumOutput, ["half_sum"] = ErrorScaling.HalfSum,
        ["mean_all"] = ErrorScaling.MeanAll,
    };

    /// <summary>The words of a dictionary, in a fixed order.</summary>
    public static ImmutableArray<string> Of<T>(IReadOnlyDictionary<string, T> words) => [.. words.Keys.Order(StringComparer.Ordinal)];
}
