namespace Sweeper.Results.Figures.Drawing;

/// <summary>Where panels stand: rows of a figure one above the other, a single long row in several lines.</summary>
/// <param name="rows">Rows of the figure.</param>
/// <param name="columns">Columns of the figure.</param>
internal sealed class PanelGrid(int rows, int columns)
{
    private const int LongestLine = 4;

    /// <summary>Whether a row goes on in the line below.</summary>
    public bool IsWrapped { get; } = rows == 1 && columns > LongestLine;

    /// <summary>Lines of panels.</summary>
    public int Lines => IsWrapped ? (columns + LongestLine - 1) / LongestLine : rows;

    /// <summary>Panels of the longest line, as even as can be.</summary>
    public int Width => IsWrapped ? (columns + Lines - 1) / Lines : columns;

    /// <summary>A panel's line and its place in it.</summary>
    public (int Line, int Place) At(int row, int column) => IsWrapped ? (column / Width, column % Width) : (row, column);

    /// <summary>Whether no panel stands below.</summary>
    public bool IsLowest(int row, int column) => IsWrapped ? column + Width >= columns : row == rows - 1;
}
