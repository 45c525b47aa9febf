namespace Sweeper.Core.Measurements;

/// <summary>
/// What a running pack sends, in ascending steps: measurements (<see cref="MeasurementBlock"/>), parameters that are kept
/// (<see cref="WeightsBlock"/>), and, where it pauses, its checkpoint in pieces (<see cref="CheckpointPiece"/>), which come last.
/// </summary>
/// <param name="Step">Optimizer steps done.</param>
public abstract record PackBlock(long Step);
