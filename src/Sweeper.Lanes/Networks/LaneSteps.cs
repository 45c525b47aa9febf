namespace Sweeper.Lanes.Networks;

/// <summary>Steps to be done.</summary>
/// <param name="Count">How many.</param>
/// <param name="Clock">Steps done before, for schedules.</param>
/// <param name="Since">The clock when the order of the examples began.</param>
/// <param name="Updates">Updates that the moments have seen.</param>
/// <param name="Factor">Of the learning rates, at a time of the clock.</param>
internal sealed record LaneSteps(long Count, long Clock, long Since, long Updates, Func<long, double> Factor);
