using CsCheck;
using Sweeper.Training.Engines;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Engines;

/// <summary>Both engines train the same networks, whatever the program: they sum in another order, and that is all.</summary>
public sealed class ParityTests
{
    private static readonly double[] Leaks = [0, 0.1, 1];

    internal static Gen<ProgramCase> Cases { get; } =
        from widths in Gen.Int[1, 13].Array[2, 5]
        from leak in Gen.Int[0, 2]
        from hasBias in Gen.Bool
        from hasOutputActivation in Gen.Bool
        from objective in Gen.Int[0, 5]
        from optimizer in Gen.Int[0, 3]
        from hasDecay in Gen.Bool
        from lanes in Gen.Int[1, 9]
        from examples in Gen.Int[1, 40]
        from batch in Gen.Int[-20, 30]
        from isShared in Gen.Bool
        from seed in Gen.Int[0, 1 << 30]
        select new ProgramCase(
            string.Join('-', [.. widths[..^1], objective > 3 ? 1 : widths[^1]]), Leaks[leak], hasBias, hasOutputActivation, objective,
            optimizer, hasDecay, lanes, examples, objective == 5 ? 0 : batch, isShared, seed);

    [Fact]
    public void A_step_agrees_to_1e_14_and_a_hundred_steps_to_1e_8()
    {
        const int Programs = 100;
        var converging = 0;
        Gen.Select(Cases, Gen.Bool).Sample(
            (given, isMasked) => converging += Agree(given, isMasked) ? 1 : 0,
            iter: Programs, threads: 1);
        Assert.InRange(converging, Programs / 2, Programs);
    }

    /// <summary>
    /// Compares the engines; whether training made the loss smaller. Where it blows up, so does whatever tells two orders of sums apart.
    /// </summary>
    private static bool Agree(ProgramCase given, bool isMasked)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var program = given.Build(ScalarType.Float64);
        var (one, other) = (Start(program, isMasked), Start(program, isMasked));
        using var torch = new TorchEngine(program);
        using var lanes = LanesEngine.For(program)!;
        var before = Loss(program, one).max().Number();
        torch.Advance(one, 1);
        lanes.Advance(other, 1);
        Assert.InRange(Difference(one.Parameters.Flat, other.Parameters.Flat), 0, 1e-14);
        torch.Advance(one, 99);
        lanes.Advance(other, 99);
        Assert.Equal((one.Step, one.Clock, one.Optimizer.Updates), (other.Step, other.Clock, other.Optimizer.Updates));
        var isConverging = Loss(program, one).max().Number() <= before;
        if (isConverging)
        {
            Assert.InRange(Difference(one.Parameters.Flat, other.Parameters.Flat), 0, 1e-8);
            Assert.InRange(Difference(Loss(program, one), Loss(program, other)), 0, 1e-9);
        }

        return isConverging;
    }

    /// <summary>Measured by lanes: of few examples, which are kept, and of many.</summary>
    [Theory]
    [InlineData(30, ScalarType.Float64)]
    [InlineData(30, ScalarType.Float32)]
    [InlineData(9000, ScalarType.Float64)]
    public void Logistic_losses_agree(int examples, ScalarType type)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var program = new ProgramCase("5-7-1", 0.1, true, false, 4, 0, false, 20, examples, 0, false, 11).Build(type);
        using var kernel = LossKernel.For(program, program.Splits[0])!;
        var (expected, made) = (Loss(program, Start(program, false)), kernel.Of(program.Initial));
        Assert.InRange(Difference(expected, made), 0, type == ScalarType.Float64 ? 1e-13 : 1e-6);
    }

    [Fact]
    public void In_float32_many_logistic_losses_are_left_to_torch()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var program = new ProgramCase("5-7-1", 0.1, true, false, 4, 0, false, 2, 9000, 0, false, 11).Build(ScalarType.Float32);
        Assert.Null(LossKernel.For(program, program.Splits[0]));
    }

    /// <summary>Rounding moves the weights, and no more.</summary>
    [Fact]
    public void In_float32_they_agree_to_1e_4_after_a_hundred_steps()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var program = new ProgramCase("5-7-6-3", 0.1, true, false, 3, 1, true, 20, 30, 7, false, 11).Build(ScalarType.Float32);
        var (one, other) = (Start(program, false), Start(program, false));
        using var lanes = LanesEngine.For(program)!;
        new TorchEngine(program).Advance(one, 100);
        lanes.Advance(other, 100);
        Assert.InRange(Difference(one.Parameters.Flat, other.Parameters.Flat), 1e-12, 1e-4);
    }

    [Fact]
    public void Lanes_that_nobody_asks_for_are_left_as_they_are_and_the_others_have_the_same_bits()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var program = new ProgramCase("5-7-6-3", 0.1, true, false, 3, 2, true, 20, 30, 7, false, 11).Build(ScalarType.Float32);
        var (all, some) = (Start(program, false), Start(program, false));
        using var whole = LanesEngine.For(program)!;
        using var part = LanesEngine.For(program with { Wanted = [3, 17] })!;
        whole.Advance(all, 10);
        part.Advance(some, 10);
        for (var lane = 0; lane < 20; lane++)
        {
            Assert.Equal((lane is 3 or 17 ? all.Parameters : program.Initial).Flat[lane].Numbers(), some.Parameters.Flat[lane].Numbers());
        }
    }

    private static TrainingState Start(Program program, bool isMasked)
    {
        var state = TrainingState.Start(program);
        if (isMasked)
        {
            new MagnitudeMask([.. Enumerable.Repeat(0.6, (int)program.Lanes.Count)]).Apply(state);
        }

        return state;
    }

    /// <summary>Relative to what is larger than 1.</summary>
    private static double Difference(Tensor a, Tensor b) => ((a - b).abs() / a.abs().clamp_min(1)).max().Number();

    private static Tensor Loss(Program program, TrainingState state) =>
        program.Reported!.Loss(Outputs.Of(program.Model, state.Parameters, program.Splits[0].Inputs), program.Splits[0].Targets);
}
