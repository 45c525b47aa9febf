using Sweeper.Results.Figures.Drawing;
using Xunit;

namespace Sweeper.Tests.Results;

public class PanelGridTests
{
    [Theory]
    [InlineData(1, 4, 1, 4)]
    [InlineData(1, 5, 2, 3)]
    [InlineData(1, 8, 2, 4)]
    [InlineData(1, 9, 3, 3)]
    [InlineData(2, 6, 2, 6)]
    public void A_single_long_row_goes_on_below(int rows, int columns, int lines, int width)
    {
        var grid = new PanelGrid(rows, columns);
        Assert.Equal((lines, width), (grid.Lines, grid.Width));
        var places = Enumerable.Range(0, rows)
            .SelectMany(row => Enumerable.Range(0, columns).Select(column => grid.At(row, column))).ToList();
        Assert.Equal(places.Count, places.Distinct().Count());
        Assert.All(places, place => Assert.True(place.Line < lines && place.Place < width));
        Assert.Equal(
            Math.Min(width, columns),
            Enumerable.Range(0, rows).Sum(row => Enumerable.Range(0, columns).Count(column => grid.IsLowest(row, column))));
    }
}
