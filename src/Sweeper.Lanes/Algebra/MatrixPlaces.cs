namespace Sweeper.Lanes.Algebra;

/// <summary>
/// Where many matrices of one shape lie: how far it is, in numbers, from one to the next. Matrices come in batches, so that those of a
/// batch may lie side by side, [batch][row][column][matrix], or one after the other.
/// </summary>
/// <param name="Batches">How many batches.</param>
/// <param name="Count">How many matrices a batch has.</param>
/// <param name="Batch">To the same matrix of the next batch.</param>
/// <param name="Matrix">To the next matrix of the batch.</param>
/// <param name="Row">To the next row.</param>
/// <param name="Column">To the next column.</param>
internal readonly record struct MatrixPlaces(int Batches, int Count, nint Batch, nint Matrix, nint Row, nint Column)
{
    /// <summary>The same numbers as transposed matrices.</summary>
    public MatrixPlaces Transposed => this with { Row = Column, Column = Row };

    /// <summary>Matrices side by side, [batch][row][column][matrix].</summary>
    public static MatrixPlaces SideBySide(int batches, int count, int rows, int columns) =>
        new(batches, count, (nint)rows * columns * count, 1, (nint)columns * count, count);

    /// <summary>One after the other, [matrix][row][column].</summary>
    public static MatrixPlaces Contiguous(int count, int rows, int columns) => new(1, count, 0, (nint)rows * columns, columns, 1);

    /// <summary>Where a matrix begins.</summary>
    public nint Of(int batch, int matrix) => batch * Batch + matrix * Matrix;
}
