namespace Sweeper.Results.Figures;

/// <summary>Keys of a figure that some kinds understand and others do not.</summary>
[Flags]
internal enum FigureKey
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The horizontal axis is a dimension and not the training step.</summary>
    X = 1,

    /// <summary>The vertical axis is a dimension.</summary>
    Y = 2,

    /// <summary>Which number of every trial is drawn.</summary>
    Reduce = 4,

    /// <summary>Differences at equal seeds are drawn.</summary>
    Baseline = 8,

    /// <summary>A place of every mean curve is marked.</summary>
    Mark = 16,

    /// <summary>Several colour scales.</summary>
    ScaleBy = 32,

    /// <summary>Means over seeds are geometric.</summary>
    Mean = 64,

    /// <summary>Values are counted in bins.</summary>
    Bin = 128,

    /// <summary>Predictions or discrepancies are drawn and not the run.</summary>
    Source = 256,

    /// <summary>The variance over seeds is drawn and not the mean.</summary>
    Spread = 512,
}
