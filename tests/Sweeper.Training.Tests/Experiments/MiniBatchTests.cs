using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

public sealed class MiniBatchTests : IDisposable
{
    private const int Examples = 24;
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly IDisposable noGradient = no_grad();

    public void Dispose()
    {
        noGradient.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void A_step_follows_the_gradient_of_the_first_examples_of_the_seeds_order()
    {
        const double rate = 1e-4;
        var program = Build(("batch", 10), ("learning_rate", rate));
        var data = program.Splits[0];
        for (var seed = 0; seed < 2; seed++)
        {
            long[] chosen = [.. RandomStreams.Order(seed, 0).NextPermutation(Examples).Take(10).Select(example => (long)example)];
            var batch = new Split("batch", data.Inputs.index_select(1, tensor(chosen)), data.Targets.index_select(1, tensor(chosen)));
            var expected = program.Initial.Flat - rate * program.Model.Gradient(program.Initial, batch, program.Rule!.Objective);
            Assert.True((Trained(program, 1)[seed] - expected[seed]).abs().max().Number() < 1e-13);
        }
    }

    [Fact]
    public void A_batch_of_all_examples_is_gradient_descent() =>
        Assert.True((Trained(Build(("batch", Examples)), 20) - Trained(Build(), 20)).abs().max().Number() < 1e-12);

    [Fact]
    public void Seeds_see_orders_of_their_own_unless_one_is_fixed()
    {
        var own = Trained(Build(("batch", 8), ("init_seed", 3)), 5);
        var same = Trained(Build(("batch", 8), ("init_seed", 3), ("order_seed", 3)), 5);
        Assert.True((own[0] - own[1]).abs().max().Number() > 1e-9);
        Assert.Equal(same[0].Numbers(), same[1].Numbers());
    }

    [Fact]
    public void A_batch_larger_than_the_training_data_is_refused() =>
        Assert.Contains(
            "batch is 25", Assert.Throws<ArgumentException>(() => TestPacks.Point(("batch", 25))).Message, StringComparison.Ordinal);

    private static Tensor Trained(Program program, long steps)
    {
        var state = TrainingState.Start(program);
        new TorchEngine(program).Advance(state, steps);
        return state.Parameters.Flat;
    }

    private static Program Build(params (string, object)[] settings)
    {
        var point = TestPacks.Point([("train_examples", Examples), .. settings]);
        return TestPacks.Program(new TeacherStudent(), TestPacks.Pack([TestPacks.Trial(point, 0), TestPacks.Trial(point, 1)], 2, ["loss"], 0));
    }
}
