namespace Sweeper.Lanes.Networks;

/// <summary>Which examples the steps of one lane see.</summary>
internal interface IExamples
{
    /// <summary>
    /// Positions in the data, after so many steps since this order began; as many for every lane at the same time. Asked for by any
    /// thread.
    /// </summary>
    ReadOnlySpan<int> At(long time);
}
