namespace Sweeper.Lanes.Networks;

/// <summary>Steps to be done.</summary>
/// <param name="Count">How many.</param>
/// <param name="Clock">Steps done before, for schedules.</param>
/// <param name="Updates">Updates that the moments have seen.</param>
/// <param name="Factor">Of the learning rates, at a time of the clock.</param>
internal sealed record LaneSteps(long Count, long Clock, long Updates, Func<long, double> Factor)
{
    /// <summary>Which examples each lane sees; null for all of them at every step.</summary>
    public IExamples[]? Orders { get; init; }

    /// <summary>The clock when these orders began.</summary>
    public long Since { get; init; }
}
