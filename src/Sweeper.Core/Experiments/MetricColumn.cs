namespace Sweeper.Core.Experiments;

/// <summary>A column that tells the values of a metric at one step apart.</summary>
public enum MetricColumn
{
    /// <summary>Part of the data.</summary>
    Split,

    /// <summary>A name: a weight matrix, a part of the loss, a pair of networks.</summary>
    Component,

    /// <summary>A number: a mode, a rank, an example.</summary>
    Index,
}
