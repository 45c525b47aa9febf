using Sweeper.Training.Phases;

namespace Sweeper.Training.Engines;

/// <summary>
/// Does the optimizer steps of one program. What it changes is the state alone: tensors that do not show which engine it was.
/// </summary>
internal interface IEngine : IDisposable
{
    /// <summary>Does steps of all lanes that are wanted.</summary>
    /// <param name="state">Changed in place.</param>
    /// <param name="steps">How many.</param>
    /// <param name="look">
    /// Called now and then, with how many of them are done; what it throws ends the training, with no state worth having.
    /// </param>
    void Advance(TrainingState state, long steps, Action<long>? look = null);
}
