using Sweeper.Training.Phases;

namespace Sweeper.Training.Engines;

/// <summary>Does optimizer steps.</summary>
internal interface IEngine
{
    /// <summary>Whether a lane's bits depend neither on the number of lanes, nor on its place, nor on threads.</summary>
    bool PackInvariant { get; }

    /// <summary>Does <paramref name="steps"/> steps of all lanes.</summary>
    void Advance(Program program, TrainingState state, long steps);
}
