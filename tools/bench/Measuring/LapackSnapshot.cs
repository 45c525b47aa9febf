using Sweeper.Core.Packing;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Models;
using Sweeper.Training.Quantities;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Bench.Measuring;

/// <summary>
/// A snapshot of a student as LAPACK does it: Jacobians by products of libtorch, `linalg.svd` in float64, then mode strengths, both
/// alignments and mode losses. What a program without singular values of its own would do.
/// </summary>
internal sealed class LapackSnapshot : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Training.Phases.Program program;
    private readonly Modes[] teacher;

    /// <summary>Everything that holds for all steps is computed once.</summary>
    public LapackSnapshot(PackWork work)
    {
        TorchRuntime.Ensure();
        var context = new PackContext(work, CPU);
        program = new ExperimentCatalog().Of(work.Experiment).Build(context);
        teacher = [.. program.Splits.Select(
            split => Modes(program.Teacher!.Model, program.Teacher.Parameters, split.Inputs.to(ScalarType.Float64)))];
    }

    /// <summary>Examples of all splits and lanes.</summary>
    public long Examples => program.Splits.Sum(split => split.Inputs.shape[0] * split.Inputs.shape[1]);

    /// <summary>Measures the initial networks once; the mean strength of each mode, over lanes and examples of the first split.</summary>
    public double[] Measure()
    {
        using var passing = NewDisposeScope();
        double[] strengths = [];
        foreach (var (place, split) in program.Splits.Index())
        {
            var student = Modes((IPiecewiseLinear)program.Model, program.Initial, split.Inputs);
            var strength = student.S.mean([1L]);
            Read(Alignment.Mean(teacher[place].U, student.U));
            Read(Alignment.Mean(teacher[place].V, student.V));
            Read(Parts(split, student, teacher[place]).StudentContribution());
            strengths = place == 0 ? Read(strength.mean([0L])) : strengths;
            Read(strength);
        }

        return strengths;
    }

    /// <summary>Frees its tensors.</summary>
    public void Dispose() => scope.Dispose();

    private static LossDecomposition Parts(Split split, Modes student, Modes teacher) =>
        new(student, teacher, split.Inputs.to(ScalarType.Float64), split.Targets.to(ScalarType.Float64));

    private static Modes Modes(IPiecewiseLinear model, ParameterSet parameters, Tensor inputs)
    {
        var (left, values, right) = linalg.svd(model.Jacobians(parameters, inputs).to(ScalarType.Float64), fullMatrices: false);
        return new Modes(left, values, right.mT);
    }

    private static double[] Read(Tensor values) => values.to(ScalarType.Float64).contiguous().data<double>().ToArray();
}
