using System.Text.Json.Serialization;
using Sweeper.Benchmarks;

namespace Sweeper.Bench.Results;

/// <summary>One thing measured in every round of a row.</summary>
/// <param name="Name">What or who: `lanes`, `eager`, ...</param>
/// <param name="Unit">Unit of the numbers.</param>
/// <param name="Rounds">One number a round.</param>
internal sealed record Series(string Name, string Unit, double[] Rounds)
{
    /// <summary>Middle, smallest and largest.</summary>
    [JsonIgnore]
    public Spread Spread => Spread.Of(Rounds);
}
