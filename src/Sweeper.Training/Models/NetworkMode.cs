namespace Sweeper.Training.Models;

/// <summary>What a model is applied for. It matters to models with buffers only.</summary>
internal enum NetworkMode
{
    /// <summary>A step of training: normalised by the statistics of these examples, towards which buffers move.</summary>
    Train,
    /// <summary>A function of parameters and buffers, neither of which change; examples do not meet.</summary>
    Evaluate,
    /// <summary>As training, but buffers become the statistics of these examples alone.</summary>
    Recalibrate,
}
