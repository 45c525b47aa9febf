using Sweeper.Core.Measurements;

namespace Sweeper.Results.Segments;

/// <summary>Takes one cell: the numbers of several trials that share series and index.</summary>
internal delegate void CellAction(SeriesKey series, int index, ReadOnlySpan<int> positions, ReadOnlySpan<double> values);

/// <summary>Gathers the blocks of one step and gives them back cell by cell in canonical order.</summary>
/// <param name="trialOrder">Positions of the pack's trials in canonical order.</param>
internal sealed class StepBuffer(int[] trialOrder)
{
    private readonly int[] positions = new int[trialOrder.Length];
    private readonly double[] values = new double[trialOrder.Length];
    private readonly Dictionary<SeriesKey, Dense> series = [];

    /// <summary>Adds a block; several may each bring some trials of one series.</summary>
    public void Add(MeasurementBlock block)
    {
        if (!series.TryGetValue(block.Series, out var dense))
        {
            series[block.Series] = dense = new Dense(block.Series, trialOrder.Length);
        }

        dense.Add(block);
    }

    /// <summary>Calls <paramref name="take"/> for every cell, then forgets all.</summary>
    public void Drain(CellAction take)
    {
        var filled = series.Values.Where(dense => dense.Width > 0).ToList();
        filled.Sort(static (left, right) =>
            RowOrder.CompareQuantity(left.Series, right.Series) is not 0 and var order
                ? order : RowOrder.CompareOrigin(left.Series, right.Series));
        for (var first = 0; first < filled.Count;)
        {
            var next = first + 1;
            while (next < filled.Count && RowOrder.CompareQuantity(filled[first].Series, filled[next].Series) == 0)
            {
                next++;
            }

            DrainQuantity(filled[first..next], take);
            first = next;
        }
    }

    private void DrainQuantity(List<Dense> origins, CellAction take)
    {
        var width = origins.Max(dense => dense.Width);
        for (var index = 0; index < width; index++)
        {
            foreach (var dense in origins.Where(dense => index < dense.Width))
            {
                var count = 0;
                foreach (var position in trialOrder)
                {
                    if (dense.IsPresent[position])
                    {
                        positions[count] = position;
                        values[count++] = dense.Values[position * dense.Width + index];
                    }
                }

                take(dense.Series, index, positions.AsSpan(0, count), values.AsSpan(0, count));
            }
        }

        origins.ForEach(dense => dense.Clear());
    }

    /// <summary>Values of one series at one step: [trials, width], with the trials that are there.</summary>
    private sealed class Dense(SeriesKey series, int trials)
    {
        public SeriesKey Series { get; } = series;

        public int Width { get; private set; }

        public bool[] IsPresent { get; } = new bool[trials];

        public double[] Values { get; private set; } = [];

        public void Add(MeasurementBlock block)
        {
            if (Width != 0 && Width != block.Width)
            {
                throw new ArgumentException($"{Series} has blocks of width {Width} and {block.Width} at step {block.Step}");
            }

            Width = block.Width;
            if (Values.Length < Width * IsPresent.Length)
            {
                Values = new double[Width * IsPresent.Length];
            }

            var positions = block.Trials.Span;
            for (var i = 0; i < positions.Length; i++)
            {
                if (IsPresent[positions[i]])
                {
                    throw new ArgumentException($"{Series} has two values of trial {positions[i]} at step {block.Step}");
                }

                IsPresent[positions[i]] = true;
                block.Values.Span.Slice(i * Width, Width).CopyTo(Values.AsSpan(positions[i] * Width));
            }
        }

        public void Clear()
        {
            Width = 0;
            Array.Clear(IsPresent);
        }
    }
}
