using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Theory.Generalisation;

namespace Sweeper.Theory;

/// <summary>Points of `teacher-student` whose students and teachers are linear, in the terms of the theory.</summary>
internal static class LinearStudents
{
    /// <summary>The experiment that has such points.</summary>
    public const string Experiment = "teacher-student";

    /// <summary>What <see cref="Hold"/> asks for, for people.</summary>
    public const string Conditions =
        "for a linear student of depth at least 2 and a linear teacher, inputs that are whitened or orthonormal, "
        + "`init: training-aligned`, or `haar` where width is at most inputs and outputs, an `init_scale` above 0, gd on all examples at "
        + "once (`batch: 0`), without weight decay and perturbation.";

    /// <summary>Whether a point is one of the experiment that the theory knows.</summary>
    public static bool IsOurs(Point point) => point.Experiment is { Name: Experiment, Version: 1 };

    /// <summary>
    /// Whether the theory's assumptions hold at a point of the experiment but for singular vectors, which initial matrices may have at
    /// random: all modes start at init_scale^depth, inputs are white, and nothing but the gradient moves weights.
    /// </summary>
    public static bool Hold(Point point) => point.Choice("student") == "linear" && point.Choice("teacher") == "linear"
        && point.Integer("depth") >= 2
        && point.Choice("input_law") is ("whitened" or "orthonormal")
        && (point.Choice("init") == "training-aligned" || (point.Choice("init") == "haar" && point.Integer("width") <= Modes(point)))
        && point.Real("init_scale") > 0
        && point.Choice("optimizer") == "gd" && point.Integer("batch") == 0 && point.Real("weight_decay") == 0
        && point.Real("perturbation") == 0;

    /// <summary>Singular values of the student.</summary>
    public static int Modes(Point point) => (int)Math.Min(point.Integer("inputs"), point.Integer("outputs"));

    /// <summary>The teacher's singular values, strongest first.</summary>
    public static ImmutableArray<double> Spectrum(Point point) => [.. point.Vector("teacher_spectrum").OrderDescending()];

    /// <summary>What is learned.</summary>
    public static LinearTask Task(Point point)
    {
        var examples = (int)point.Integer("train_examples");
        var task = new LinearTask((int)point.Integer("inputs"), (int)point.Integer("outputs"), Spectrum(point))
        {
            // The experiment's noise is the deviation of a target.
            Noise = point.Real("noise") * Math.Sqrt(point.Integer("inputs")),
            Examples = examples,
            InputPower = point.Choice("input_law") == "whitened" ? examples : 1,
        };
        return point.Choice("targets") == "randomised" ? task.Randomised() : task;
    }

    /// <summary>Who learns it.</summary>
    public static DeepStudent Student(Point point)
    {
        var depth = (int)point.Integer("depth");
        return new DeepStudent((int)point.Integer("width"), depth, Math.Pow(point.Real("init_scale"), depth));
    }

    /// <summary>
    /// Time, in units of tau, of a step: the learning rate times what the trained loss is of half the summed squared error.
    /// </summary>
    public static double TimeOfStep(Point point)
    {
        double examples = point.Integer("train_examples");
        return point.Real("learning_rate") * point.Choice("loss_scaling") switch
        {
            "half_sum" => 1,
            "mean_example_sum_output" => 2 / examples,
            _ => 2 / (examples * point.Integer("outputs")),
        };
    }
}
