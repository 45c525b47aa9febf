using Sweeper.Lanes.Algebra;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Algebra;

public sealed class ContractionTests
{
    [Fact]
    public void It_sums_rows_in_their_order_with_every_register_and_from_any_places()
    {
        const int Batches = 3, Count = 13, Rows = 5, Columns = 4;
        var side = MatrixPlaces.SideBySide(Batches, Count, Rows, Columns);
        var behind = new MatrixPlaces(Batches, Count, Count * Rows * Columns, Rows * Columns, Columns, 1);
        // One column for all.
        var shared = new MatrixPlaces(Batches, Count, Count * Rows, Rows, 1, 0);
        var random = new Random(1);
        double[] a = [.. Enumerable.Range(0, Batches * Count * Rows * Columns).Select(_ => random.NextDouble() - 0.5)];
        double[] b = [.. Enumerable.Range(0, Batches * Count * Rows * Columns).Select(_ => random.NextDouble() - 0.5)];
        (MatrixPlaces, MatrixPlaces)[] cases = [(side, behind), (behind, side), (side, side), (side, shared), (behind, shared)];
        foreach (var (left, right) in cases)
        {
            var expected = new double[Batches * Columns * Count];
            for (var place = 0; place < expected.Length; place++)
            {
                var (batch, column, matrix) = (place / Count / Columns, place / Count % Columns, place % Count);
                for (var row = 0; row < Rows; row++)
                {
                    expected[place] = Math.FusedMultiplyAdd(
                        a[left.Of(batch, matrix) + row * left.Row + column * left.Column],
                        b[right.Of(batch, matrix) + row * right.Row + column * right.Column], expected[place]);
                }
            }

            Assert.Equal(expected, Compute<OneLane<double>>(left, right, 1));
            Assert.Equal(expected, Compute<Lanes128<double>>(left, right, 1));
            Assert.Equal(expected, Compute<Lanes256<double>>(left, right, 2));
            Assert.Equal(expected, Compute<Lanes512<double>>(left, right, 1));
        }

        unsafe double[] Compute<TLanes>(MatrixPlaces left, MatrixPlaces right, int threads)
            where TLanes : unmanaged, ILanes<TLanes, double>
        {
            var result = new double[Batches * Columns * Count];
            fixed (double* first = a, second = b, into = result)
            {
                Contraction.With<TLanes>(
                    new Matrices(first, left), new Matrices(second, right), Rows, Columns,
                    new Matrices(into, MatrixPlaces.SideBySide(Batches, Count, 1, Columns)), threads);
            }

            return result;
        }
    }
}
