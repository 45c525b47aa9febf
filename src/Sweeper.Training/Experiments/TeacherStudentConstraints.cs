using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Training.Experiments.Settings;

namespace Sweeper.Training.Experiments;

/// <summary>What hyperparameters of `teacher-student` must keep together.</summary>
internal static class TeacherStudentConstraints
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<Constraint> All { get; } =
    [
        new(["teacher_spectrum", "inputs", "teacher_width", "teacher", "outputs"],
            "teacher_spectrum must have at most as many values as inputs and teacher_width (a linear teacher: as inputs and outputs)",
            static point => point.Vector("teacher_spectrum").Length
                <= Math.Min(point.Integer("inputs"), point.Integer(point.Choice("teacher") == "linear" ? "outputs" : "teacher_width"))),
        new(["train_examples", "inputs", "input_law"], "train_examples must be at least inputs where input_law is whitened",
            static point => !IsWhite(point) || point.Integer("train_examples") >= point.Integer("inputs")),
        new(["validation_examples", "inputs", "input_law", "whiten_validation"],
            "validation_examples must be at least inputs where input_law is whitened and whiten_validation is true",
            static point => !IsWhite(point) || !point.Flag("whiten_validation")
                || point.Integer("validation_examples") >= point.Integer("inputs")),
        BatchSettings.Constraint,
        new(
            ["residual_teacher", "teacher", "leak"],
            "residual_teacher needs a relu teacher whose leak is not 1: nothing is left of a linear one",
            static point => !point.Flag("residual_teacher") || (point.Choice("teacher") != "linear" && point.Real("leak") != 1)),
        new(["train_examples", "inputs", "residual_teacher"],
            "train_examples must be more than inputs where residual_teacher is true: a linear map that fits all of them leaves nothing",
            static point => !point.Flag("residual_teacher") || point.Integer("train_examples") > point.Integer("inputs")),
        new(["init", "student"], "init may be training-aligned only where student is linear",
            static point => point.Choice("init") != TeacherStudent.TrainingAligned || point.Choice("student") == "linear"),
        new(["targets", "residual_teacher"], "targets may be randomised only where residual_teacher is false: no teacher made them",
            static point => point.Choice("targets") == "structured" || !point.Flag("residual_teacher")),
        new(
            ["perturbation_step", "steps"], "perturbation_step must be at most steps",
            static point => point.Integer("perturbation_step") <= point.Integer("steps")),
    ];

    private static bool IsWhite(Point point) => point.Choice("input_law") == "whitened";
}
