using Sweeper.Core.Measurements;

namespace Sweeper.Results.Curves;

/// <summary>One object for each series, so that equal ones are the same reference and compare at once.</summary>
internal sealed class SeriesNames
{
    private readonly Dictionary<SeriesKey, SeriesKey> known = [];

    /// <summary>The one object that is equal to <paramref name="series"/>.</summary>
    public SeriesKey Intern(SeriesKey series)
    {
        if (!known.TryGetValue(series, out var same))
        {
            known.Add(series, same = series);
        }

        return same;
    }
}
