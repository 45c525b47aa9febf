using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Products with modes are the same to the bit, whether the modes are kept or not.</summary>
public sealed class JacobianProductsTests
{
    [Theory]
    [InlineData(5, 5, 0.1, ScalarType.Float32)]
    [InlineData(4, 7, 0.1, ScalarType.Float64)]
    [InlineData(8, 3, 0.3, ScalarType.Float32)]
    [InlineData(5, 5, 1, ScalarType.Float32)]
    public void They_do_not_depend_on_who_else_wants_the_modes(int inputs, int outputs, double leak, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        const int Lanes = 3, Examples = 11;
        var student = new Mlp([inputs, 6, outputs], leak);
        var teacher = new Mlp([inputs, 4, outputs], 0.2);
        var data = new Split("train", Drawn(1, Lanes, Examples, inputs).to(type), Drawn(2, Lanes, Examples, outputs).to(type));
        var program = new Program(student, Initial(student, type), null, null, [data], [])
        {
            Teacher = new Teacher(teacher, Initial(teacher, ScalarType.Float64)),
        };
        var constants = new PackConstants(scope);
        var alone = Products(SingularVectors.AlongJacobians);
        var beside = Products(SingularVectors.OfJacobians);
        Assert.Equal(beside.Strengths.Numbers(), alone.Strengths.Numbers());
        Assert.Equal(beside.Left.Numbers(), alone.Left.Numbers());
        Assert.Equal(beside.Right.Numbers(), alone.Right.Numbers());
        Assert.Equal(beside.Inputs.Numbers(), alone.Inputs.Numbers());
        Assert.Equal(beside.Targets.Numbers(), alone.Targets.Numbers());
        foreach (var vectors in Enum.GetValues<SingularVectors>())
        {
            Assert.Equal(alone.Strengths.Numbers(), Snapshot(vectors).Get(new JacobianSpectrum("train")).Numbers());
        }

        var parts = Snapshot(SingularVectors.OfJacobians).Get(new LossParts("train"));
        Assert.Equal(parts.StudentContribution().Numbers(), alone.Contribution().Numbers());
        Assert.Equal(parts.StudentPower().Numbers(), alone.Power().Numbers());

        ModeProducts Products(SingularVectors vectors) => Snapshot(vectors).Get(new JacobianProducts("train"));

        NetworkSnapshot Snapshot(SingularVectors vectors) => new(program, program.Initial, constants) { Vectors = vectors };
    }

    private static ParameterSet Initial(Mlp model, ScalarType type) =>
        new(
            model.Layout,
            tensor([.. Enumerable.Range(0, 3).SelectMany(seed => model.Layout.Initialise(seed))], [3, model.Layout.Size]).to(type));

    private static Tensor Drawn(int seed, params long[] shape) => tensor(
        Core.Randomness.RandomStreams.Noise(seed, 0).NextGaussian((int)shape.Aggregate(1L, (product, length) => product * length)), shape);
}
