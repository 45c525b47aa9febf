using System.Collections.Immutable;
using Sweeper.Theory.Dynamics;

namespace Sweeper.Theory.Generalisation;

/// <summary>Singular values of a student over time, in units of tau as <see cref="ErrorCurves"/>.</summary>
public sealed class ModeCurves
{
    private readonly ImmutableArray<ModeGrowth> growths;
    private readonly int idle;
    private readonly int all;
    private readonly double initial;
    private readonly double inputPower;

    /// <param name="task">What is learned.</param>
    /// <param name="student">Who learns it.</param>
    public ModeCurves(LinearTask task, DeepStudent student)
    {
        all = Math.Min(task.Inputs, task.Outputs);
        (initial, inputPower) = (student.Initial, task.InputPower);
        var learnable = Math.Min(student.Width, task.DataModes);
        idle = Math.Min(student.Width, all) - learnable;
        growths = [.. task.DataSpectrum().Take(learnable).Select(student.Growth)];
    }

    /// <summary>All singular values at a time, descending.</summary>
    public ImmutableArray<double> At(double time) =>
    [
        .. growths.Select(growth => growth.At(inputPower * time)).Concat(Enumerable.Repeat(initial, idle)).OrderDescending(),
        .. Enumerable.Repeat(0.0, all - growths.Length - idle),
    ];
}
