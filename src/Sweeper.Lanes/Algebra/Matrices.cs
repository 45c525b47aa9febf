namespace Sweeper.Lanes.Algebra;

/// <summary>Memory for many matrices.</summary>
/// <param name="first">The first number; null where there are none.</param>
/// <param name="places">Where they lie.</param>
internal readonly unsafe struct Matrices(double* first, MatrixPlaces places)
{
    private readonly double* first = first;

    /// <summary>Where they lie.</summary>
    public MatrixPlaces Places { get; } = places;

    /// <summary>Whether there are none.</summary>
    public bool IsMissing => first == null;

    /// <summary>A column of a matrix.</summary>
    public double* Column(int batch, int matrix, int column) => first + Places.Of(batch, matrix) + column * Places.Column;
}
