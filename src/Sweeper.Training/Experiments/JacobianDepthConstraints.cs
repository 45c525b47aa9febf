using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Experiments.Settings;

namespace Sweeper.Training.Experiments;

/// <summary>What values of a point of `jacobian-depth` must keep together.</summary>
internal static class JacobianDepthConstraints
{
    private static readonly ImmutableArray<Hyperparameter> OfClasses = [.. JacobianDepthDeclaration.Data.Declared];

    /// <summary>All.</summary>
    public static ImmutableArray<Constraint> All { get; } =
    [
        new(["modes", "width"], "modes must be at most width", static point => point.Integer("modes") <= point.Integer("width")),
        new(["min_active", "width"], "min_active must be at most width", IsPossible),
        new(["min_active", "active_share", "width"], "of width gates at least min_active must be open with a probability of 0.001 or more",
            static point => !IsPossible(point) || JacobianDepthDeclaration.HasEnoughGates(point)),
        .. PartialSettings.Only(["rotation"], "init", "rotated initial weights", static point => point.Choice("init") == "rotated"),
        new(["task", "steps"], "without a task steps must be 0",
            static point => point.Choice("task") != "none" || point.Integer("steps") == 0),
        new(["inputs", "outputs", "adapters"], "inputs and outputs other than width need adapters",
            static point => point.Flag("adapters") || (IsWidth("inputs", point) && IsWidth("outputs", point))),
        new(["task", "adapters"], "classification needs adapters",
            static point => !JacobianDepthDeclaration.IsClassification(point) || point.Flag("adapters")),
        new(["outputs", "task"], "outputs is for regression: of classes it is their number",
            static point => !JacobianDepthDeclaration.IsClassification(point) || point.Integer("outputs") == 0),
        new(["inputs", "dataset"], "inputs is for what is drawn: images have their own",
            static point => ClassificationData.Images(point) is null || point.Integer("inputs") == 0),
        new(["teacher_rank", "teacher_spectrum", "width", "inputs", "outputs", "task"],
            "a teacher must have at most as many modes as inputs and outputs",
            static point => point.Choice("task") != "regression" || Rank(point) <= Math.Min(
                JacobianDepthDeclaration.UnitsOr("inputs", point), JacobianDepthDeclaration.UnitsOr("outputs", point))),
        new(["init_spectrum", "min_active", "active_share", "width"],
            "init_spectrum must have at least one value, and at most as many as gates of a layer are open: min_active, or width "
            + "where active_share is 1",
            static point => point.Choice("init") == "gaussian" || point.Vector("init_spectrum").Length is > 0 and var modes
                && modes <= (point.Real("active_share") == 1 ? point.Integer("width") : point.Integer("min_active"))),
        new(["init", "init_spectrum", "width", "active_share"],
            "init: rotated needs width values of init_spectrum, and an active_share of 1",
            static point => point.Choice("init") != "rotated"
                || (point.Vector("init_spectrum").Length == point.Integer("width") && point.Real("active_share") == 1)),
        new(["init", "task", "adapters", "product"],
            "init may be training-aligned for regression only, without adapters and with the product jacobian",
            static point => point.Choice("init") != "training-aligned"
                || (point.Choice("task") == "regression" && !point.Flag("adapters") && point.Choice("product") == "jacobian")),
        new([.. OfClasses.Select(setting => setting.Name), "task"],
            $"{string.Join(", ", OfClasses.Select(setting => setting.Name))} are for classification",
            static point =>
                JacobianDepthDeclaration.IsClassification(point) || OfClasses.All(setting => point[setting.Name].Equals(setting.Default))),
        new(["batch", "task"], "batch is for classification: a regression sees all unit vectors at every step",
            static point => JacobianDepthDeclaration.IsClassification(point) || point.Integer("batch") == 0),
        .. JacobianDepthDeclaration.Data.Constraints, BatchSettings.Constraint, RateSettings.Constraint,
    ];

    private static bool IsPossible(Point point) => point.Integer("min_active") <= point.Integer("width");

    private static bool IsWidth(string units, Point point) => JacobianDepthDeclaration.UnitsOr(units, point) == point.Integer("width");

    private static int Rank(Point point) =>
        point.Vector("teacher_spectrum") is { IsEmpty: false } spectrum ? spectrum.Length : (int)point.Integer("teacher_rank");
}
