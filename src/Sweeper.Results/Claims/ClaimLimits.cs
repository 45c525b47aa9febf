namespace Sweeper.Results.Claims;

/// <summary>What the answer to one claim may cost.</summary>
/// <param name="Time">Wall time.</param>
/// <param name="Megabytes">Memory of the database.</param>
public sealed record ClaimLimits(TimeSpan Time, int Megabytes)
{
    /// <summary>Ample for any sweep that fits a disk: aggregates stream.</summary>
    public static ClaimLimits Usual { get; } = new(TimeSpan.FromMinutes(1), 2000);
}
