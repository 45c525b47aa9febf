using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Experiments.Settings;

namespace Sweeper.Training.Experiments;

/// <summary>What values of a point of `jacobian-depth` must keep together.</summary>
internal static class JacobianDepthConstraints
{
    private const string Gaussian = "gaussian", Balanced = "balanced", Aligned = "training-aligned", Rotated = "rotated";

    private const string None = "none", Regression = "regression", Classification = "classification";

    /// <summary>All.</summary>
    public static ImmutableArray<Constraint> All { get; } =
    [
        new(["modes", "width"], "modes must be at most width", static point => point.Integer("modes") <= point.Integer("width"))
        {
            Remedy = "lower modes, or raise width",
        },
        new(["min_active", "width"], "min_active must be at most width", IsPossible) { Remedy = "lower min_active, or raise width" },
        new(["min_active", "active_share", "width"], "of width gates at least min_active must be open with a probability of 0.001 or more",
            static point => !IsPossible(point) || JacobianDepthDeclaration.HasEnoughGates(point))
        {
            Remedy = "lower min_active, or raise active_share or width",
        },
        new(["task", "steps"], "without a task steps must be 0",
            static point => point.Choice("task") != None || point.Integer("steps") == 0)
        {
            Remedy = "set `steps: 0`, or choose a task",
        },
        new(["inputs", "outputs", "adapters"], "inputs and outputs other than width need adapters",
            static point => point.Flag("adapters") || (IsWidth("inputs", point) && IsWidth("outputs", point)))
        {
            Remedy = "set `adapters: true`, or leave inputs and outputs out",
        },
        new(["task", "adapters"], "classification needs adapters",
            static point => !JacobianDepthDeclaration.IsClassification(point) || point.Flag("adapters"))
        {
            Remedy = "set `adapters: true`",
        },
        new(["outputs", "task"], "outputs is for regression: of classes it is their number",
            static point => !JacobianDepthDeclaration.IsClassification(point) || point.Integer("outputs") == 0)
        {
            Remedy = "leave outputs out",
        },
        new(["inputs", "dataset"], "inputs is for what is drawn: images have their own",
            static point => ClassificationData.Images(point) is null || point.Integer("inputs") == 0)
        {
            Remedy = "leave inputs out",
        },
        new(["teacher_rank", "teacher_spectrum", "width", "inputs", "outputs", "task"],
            "a teacher must have at most as many modes as inputs and outputs",
            static point => point.Choice("task") != Regression || Rank(point) <= Math.Min(
                JacobianDepthDeclaration.UnitsOr("inputs", point), JacobianDepthDeclaration.UnitsOr("outputs", point)))
        {
            Remedy = "lower teacher_rank or shorten teacher_spectrum, or raise width (with adapters: inputs and outputs)",
        },
        new(["init_spectrum", "min_active", "active_share", "width"],
            "init_spectrum must have at least one value, and at most as many as gates of a layer are open: min_active, or width "
            + "where active_share is 1",
            static point => point.Choice("init") == Gaussian || point.Vector("init_spectrum").Length is > 0 and var modes
                && modes <= (point.Real("active_share") == 1 ? point.Integer("width") : point.Integer("min_active")))
        {
            Remedy = "change the number of values of init_spectrum, or raise min_active",
        },
        new(["init", "init_spectrum", "width", "active_share"],
            "init: rotated needs width values of init_spectrum, and an active_share of 1",
            static point => point.Choice("init") != Rotated
                || (point.Vector("init_spectrum").Length == point.Integer("width") && point.Real("active_share") == 1))
        {
            Remedy = "set `active_share: 1`, and width to the number of values of init_spectrum",
        },
        new(["init", "task", "adapters", "product"],
            "init may be training-aligned for regression only, without adapters and with the product jacobian",
            static point => point.Choice("init") != Aligned
                || (point.Choice("task") == Regression && !point.Flag("adapters") && point.Choice("product") == "jacobian"))
        {
            Remedy = $"take `init: {Balanced}`, or `task: {Regression}`, `adapters: false` and `product: jacobian`",
        },
        new(["batch", "task"], "batch is for classification: a regression sees all unit vectors at every step",
            static point => JacobianDepthDeclaration.IsClassification(point) || point.Integer("batch") == 0)
        {
            Remedy = $"leave batch out, or set `task: {Classification}`",
        },
        .. PartialSettings.Only(["sigma"], "init", Gaussian),
        .. PartialSettings.Only(["init_spectrum"], "init", Balanced, Aligned, Rotated),
        .. PartialSettings.Only(["rotation"], "init", Rotated),
        .. PartialSettings.Only(["teacher_rank", "teacher_spectrum", "teacher_seed"], "task", Regression),
        new(["teacher_rank", "teacher_spectrum"], "teacher_rank is that of a teacher without teacher_spectrum",
            static point => point.Vector("teacher_spectrum").IsEmpty || PartialSettings.IsDefault(point, "teacher_rank"))
        {
            Remedy = "leave one of them out",
            IsUsedBy = static point => point.Vector("teacher_spectrum").IsEmpty && !PartialSettings.IsDefault(point, "teacher_rank"),
        },
        .. PartialSettings.Only(OfClasses, "task", Classification),
        .. PartialSettings.Only(OfTraining, "task", Regression, Classification),
        .. BatchSettings.IdleOrder, .. OptimizerSettings.IdleNumbers, .. RateSettings.IdleFactor,
        .. JacobianDepthDeclaration.Data.Constraints, BatchSettings.Constraint, RateSettings.Constraint,
    ];

    private static IEnumerable<string> OfClasses =>
    [
        .. JacobianDepthDeclaration.Data.Declared.Select(setting => setting.Name),
        .. JacobianDepthDeclaration.Data.Streams.Select(stream => stream.Seed.Name),
    ];

    private static IEnumerable<string> OfTraining =>
        [.. OptimizerSettings.Numbers(0).Concat(RateSettings.Declared).Select(setting => setting.Name), "optimizer"];

    private static bool IsPossible(Point point) => point.Integer("min_active") <= point.Integer("width");

    private static bool IsWidth(string units, Point point) => JacobianDepthDeclaration.UnitsOr(units, point) == point.Integer("width");

    private static int Rank(Point point) =>
        point.Vector("teacher_spectrum") is { IsEmpty: false } spectrum ? spectrum.Length : (int)point.Integer("teacher_rank");
}
