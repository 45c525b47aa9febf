namespace Sweeper.Cluster.Worker;

/// <summary>The training of a pack, as its worker sees it.</summary>
internal interface ITraining
{
    /// <summary>How far it is.</summary>
    PackStep At { get; }

    /// <summary>How it ended; null before that.</summary>
    TrainingResult? Result { get; }

    /// <summary>Whether it may pause after a checkpoint, and was trained for at least so long.</summary>
    bool IsWorthPausing(TimeSpan least);
}
