namespace Sweeper.Core.Experiments;

/// <summary>Which values of a metric are better.</summary>
public enum MetricDirection
{
    /// <summary>Neither: it describes a network and does not judge it.</summary>
    None,

    /// <summary>Smaller ones, as of a loss.</summary>
    Lower,

    /// <summary>Larger ones, as of an accuracy.</summary>
    Higher,
}
