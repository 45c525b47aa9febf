namespace Sweeper.Lanes.Products;

/// <summary>One matrix of every product, where it lies.</summary>
/// <param name="First">The first number of the first product's.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Product">To that of the next product.</param>
/// <param name="Row">To the next row.</param>
/// <param name="Column">To the next column.</param>
internal readonly unsafe record struct ProductFactor(nint First, int Rows, int Columns, nint Product, nint Row, nint Column)
{
    /// <summary>The same numbers as a transposed matrix.</summary>
    public ProductFactor Transposed => this with { Rows = Columns, Columns = Rows, Row = Column, Column = Row };

    /// <summary>The first number of one product's.</summary>
    public double* Of(int product) => (double*)First + product * Product;
}
