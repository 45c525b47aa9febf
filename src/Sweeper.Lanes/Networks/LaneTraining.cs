namespace Sweeper.Lanes.Networks;

/// <summary>Networks of one shape, and how they are trained: data, no state.</summary>
/// <param name="Shape">The networks.</param>
/// <param name="Objective">What training makes small.</param>
/// <param name="Update">How.</param>
internal sealed record LaneTraining(MlpShape Shape, Objective Objective, Update Update);
