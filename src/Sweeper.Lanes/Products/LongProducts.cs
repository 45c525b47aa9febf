using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Products;

/// <summary>
/// Singular values of long products M_L ... M_1 of matrices in float64, as logarithms. What comes out depends neither on how wide registers
/// are, nor on the other products, nor on the C library.
/// </summary>
internal static unsafe class LongProducts
{
    /// <summary>Multiplies and decomposes.</summary>
    /// <param name="factors">M_1, M_2, ...; each has as many columns as the one before has rows.</param>
    /// <param name="count">How many products.</param>
    /// <param name="target">Takes what is wanted.</param>
    /// <param name="threads">At most so many at once.</param>
    public static void Decompose(IReadOnlyList<ProductFactor> factors, int count, ProductTarget target, int threads) =>
        LaneWidth.Choose<double, Work>(new Work(factors, count, target, threads), Rows.Block);

    /// <summary>The same with registers of one kind.</summary>
    public static void With<TLanes>(IReadOnlyList<ProductFactor> factors, int count, ProductTarget target, int threads)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        int inputs = factors[0].Columns, tallest = factors.Max(factor => factor.Rows);
        Parallel.For(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => (Product: new LongProduct<TLanes>(inputs, tallest), Graded: new GradedRows<TLanes>(inputs, inputs)),
            (one, _, memory) =>
            {
                Decompose(factors, one, target, memory.Product, memory.Graded);
                return memory;
            },
            memory =>
            {
                memory.Product.Dispose();
                memory.Graded.Dispose();
            });
    }

    private static void Decompose<TLanes>(
        IReadOnlyList<ProductFactor> factors, int one, ProductTarget target, LongProduct<TLanes> product, GradedRows<TLanes> graded)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        int inputs = factors[0].Columns, modes = target.Modes, done = 0;
        product.Begin();
        for (var stop = 0; stop < target.Stops.Length; stop++)
        {
            for (; done < target.Stops[stop]; done++)
            {
                product.Multiply(factors[done].Of(one), factors[done].Rows, factors[done].Row, factors[done].Column);
            }

            product.Hand(graded);
            graded.Orthogonalise();
            var at = (nint)one * target.Stops.Length + stop;
            var values = new Span<double>((double*)target.LogValues + at * modes, modes);
            for (var mode = 0; mode < modes; mode++)
            {
                values[mode] = mode < product.Rank ? graded.LogValue(mode) : double.NaN;
            }

            if (target.Vectors != 0)
            {
                WriteVectors((double*)target.Vectors + at * inputs * modes, inputs, modes, product.Rank, graded);
            }
        }

        if (target.LogDiagonals != 0)
        {
            for (; done < factors.Count; done++)
            {
                product.Multiply(factors[done].Of(one), factors[done].Rows, factors[done].Row, factors[done].Column);
            }

            for (var mode = 0; mode < modes; mode++)
            {
                ((double*)target.LogDiagonals)[(nint)one * modes + mode] = product.LogDiagonal(mode);
            }
        }
    }

    private static void WriteVectors<TLanes>(double* target, int inputs, int modes, int rank, GradedRows<TLanes> graded)
        where TLanes : unmanaged, ILanes<TLanes, double>
    {
        for (var mode = 0; mode < modes; mode++)
        {
            var (row, length) = mode < rank ? (graded.Order[mode], graded.Length(mode)) : (0, double.NaN);
            for (var input = 0; input < inputs; input++)
            {
                target[input * modes + mode] = *graded.Matrix.At(row, input) / length;
            }
        }
    }

    private readonly struct Work(IReadOnlyList<ProductFactor> factors, int count, ProductTarget target, int threads) : ILaneWork<double>
    {
        public void With<TLanes>()
            where TLanes : unmanaged, ILanes<TLanes, double> => LongProducts.With<TLanes>(factors, count, target, threads);
    }
}
