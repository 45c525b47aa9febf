using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Quantities;

/// <summary>Velocities of singular values of products of gated layers.</summary>
public sealed class ChainFlowTests : IDisposable
{
    private const string Small = "width: 7, depth: 4, min_active: 4, modes: 3, dtype: float64, learning_rate: 1e-6";

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly PackConstants constants;

    public ChainFlowTests() => constants = new PackConstants(scope);

    public void Dispose()
    {
        constants.Dispose();
        scope.Dispose();
    }

    /// <summary>One step of gradient descent is the flow for a time of the learning rate, but for its square.</summary>
    [Theory]
    [InlineData("teacher_rank: 2")]
    [InlineData("teacher_rank: 2, init: balanced, init_spectrum: [0.9, 0.6, 0.3]")]
    [InlineData("teacher_rank: 2, adapters: true, inputs: 6, outputs: 5")]
    [InlineData("task: classification, adapters: true, inputs: 6, classes: 3, train_examples: 40, validation_examples: 10")]
    public void Singular_values_move_as_a_small_step_moves_them(string settings)
    {
        var program = Build(settings);
        var flow = Flow(program, program.Initial);
        var state = TrainingState.Start(program);
        using var engine = new TorchEngine(program);
        engine.Advance(state, 1);
        var moved = (Flow(program, state.Parameters).Strengths - flow.Strengths) / 1e-6;
        foreach (var (expected, actual) in moved.Numbers().Zip(flow.Velocities.Numbers()))
        {
            Assert.Equal(expected, actual, 1e-4 * (1 + Math.Abs(expected)));
        }
    }

    /// <summary>
    /// The mean of L numbers is at least their geometric mean: c is never less than L s^(2 - 2/L), and that in balanced networks.
    /// </summary>
    [Theory]
    [InlineData("sigma: 0.5", false)]
    [InlineData("sigma: 1.5", false)]
    [InlineData("init: balanced, init_spectrum: [0.9, 0.6, 0.3]", true)]
    public void No_mode_is_slower_than_in_a_balanced_network(string settings, bool isBalanced)
    {
        var program = Build($"teacher_rank: 2, {settings}");
        var ratios = Flow(program, program.Initial).BalanceRatios(program.Chain!.Depth).Numbers();
        Assert.All(ratios, ratio => Assert.True(ratio >= 1 - 1e-12));
        Assert.All(ratios, ratio => Assert.Equal(isBalanced, Math.Abs(ratio - 1) < 1e-9));
    }

    private FlowOfModes Flow(Program program, Training.Models.ParameterSet parameters) =>
        new NetworkSnapshot(program, parameters, constants).Get(new ChainFlow());

    private static Program Build(string settings) => TestPacks.Program(
        new JacobianDepth(), $"fixed: {{ {Small}, {settings} }}\nseeds: 4\nmeasure: [ {{ at: end, metrics: [loss] }} ]");
}
