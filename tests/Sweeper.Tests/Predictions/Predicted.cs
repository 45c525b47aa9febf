using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Experiments;

namespace Sweeper.Tests.Predictions;

/// <summary>What theories say of the first point of a sweep.</summary>
internal static class Predicted
{
    /// <summary>All of it, at the steps that the sweep measures.</summary>
    public static List<Prediction> By(ITheory theory, SweepPlan plan) =>
        [.. theory.Predict(plan.PointAt(0), plan.ScheduleFor(plan.PointAt(0)))];

    /// <summary>The same of a sweep as it is written, without its name.</summary>
    public static List<Prediction> By(ITheory theory, string yaml, params string[] sets) => By(theory, Plan(yaml, sets));

    /// <summary>A sweep as it is written, without its name, and what `--set` changes of it.</summary>
    public static SweepPlan Plan(string yaml, params string[] sets) => SweepPlan.Create(
        SweepFile.Parse($"sweep: predicted\n{yaml}", "predicted.yaml", new SweepOverrides(null, [.. sets], null)), new ExperimentCatalog());
}
