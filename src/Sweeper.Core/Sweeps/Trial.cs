using Sweeper.Core.Experiments;

namespace Sweeper.Core.Sweeps;

/// <summary>One point with one seed.</summary>
/// <param name="Point">Its hyperparameter values.</param>
/// <param name="Seed">Its seed; never part of a curve's key.</param>
/// <param name="CurveId">Content hash of the point.</param>
/// <param name="Id">Content hash of point and seed.</param>
public sealed record Trial(Point Point, long Seed, CurveId CurveId, TrialId Id);
