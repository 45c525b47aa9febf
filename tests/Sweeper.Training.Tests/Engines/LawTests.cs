using System.Collections.Immutable;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using Sweeper.Training.Running;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Engines;

/// <summary>What every packed program must satisfy.</summary>
public sealed class LawTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly IDisposable noGradient = no_grad();

    public static TheoryData<string> Optimizers => ["gd", "sgd", "adam", "adamw"];

    public void Dispose()
    {
        noGradient.Dispose();
        scope.Dispose();
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void Packed_lanes_train_as_they_would_alone(string optimizer)
    {
        var trials = DifferentTrials(optimizer);
        var (packedProgram, packed) = Start(trials, lanes: 16);
        var alone = trials.Select(trial => Start([trial], lanes: 1)).ToArray();
        for (var lane = 0; lane < trials.Length; lane++)
        {
            Assert.Equal(alone[lane].State.Parameters.Flat.Numbers(), packed.Parameters.Flat[lane].Numbers());
        }

        AdvanceAll(1);
        AssertWeights(1e-14);
        AdvanceAll(99);
        AssertWeights(1e-8);
        for (var lane = 0; lane < trials.Length; lane++)
        {
            var (expected, actual) = (Loss(alone[lane].Program, alone[lane].State)[0], Loss(packedProgram, packed)[lane]);
            Assert.InRange(actual / expected - 1, -1e-9, 1e-9);
        }

        void AdvanceAll(long steps)
        {
            new TorchEngine(packedProgram).Advance(packed, steps);
            foreach (var (program, state) in alone)
            {
                new TorchEngine(program).Advance(state, steps);
            }
        }

        void AssertWeights(double tolerance)
        {
            for (var lane = 0; lane < trials.Length; lane++)
            {
                Assert.True((alone[lane].State.Parameters.Flat[0] - packed.Parameters.Flat[lane]).abs().max().Number() <= tolerance);
            }
        }
    }

    [Fact]
    public void A_perturbed_pack_measures_what_its_trials_measure_alone()
    {
        var trials = DifferentTrials("gd", ("perturbation_step", 30));
        var packed = Measure(trials, 8, ["loss"], 29, 30, 60);
        for (var lane = 0; lane < trials.Length; lane++)
        {
            var alone = Measure([trials[lane]], 1, ["loss"], 29, 30, 60);
            foreach (var step in new[] { 29, 30, 60 })
            {
                Assert.InRange(packed.Of("loss", step, lane)[0] / alone.Of("loss", step, 0)[0] - 1, -1e-9, 1e-9);
            }
        }
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void A_lane_that_diverges_leaves_its_neighbours_bitwise_unchanged(string optimizer)
    {
        var healthy = DifferentTrials(optimizer);
        var wild = healthy.SetItem(2, TestPacks.Trial(TestPacks.Point(("optimizer", optimizer), ("learning_rate", 1e9)), seed: 2));
        string[] metrics = ["loss", "singular_values", "alignment_left"];
        var work = TestPacks.Pack(wild, 8, metrics, 0, 50, 100);
        var disturbed = new Measured();
        var outcome = new PackRunner().Run(work, disturbed, TestContext.Current.CancellationToken);
        var calm = Measure(healthy, 8, metrics, 0, 50, 100);

        Assert.Equal(2, Assert.Single(outcome.Diverged).Trial);
        Assert.Equal(50, outcome.Diverged[0].Step);
        Assert.Equal([0, 1, 3, 4], disturbed.Blocks[^1].Trials.ToArray());
        foreach (var lane in new[] { 0, 1, 3, 4 })
        {
            Assert.Equal(calm.Of("loss", 100, lane), disturbed.Of("loss", 100, lane));
            Assert.Equal(calm.Of("singular_values", 100, lane, "", "W3"), disturbed.Of("singular_values", 100, lane, "", "W3"));
            Assert.Equal(calm.Of("alignment_left", 100, lane, "validation"), disturbed.Of("alignment_left", 100, lane, "validation"));
        }
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void Measuring_changes_no_trajectory(string optimizer)
    {
        var trials = DifferentTrials(optimizer, ("perturbation_step", 37));
        var rarely = Measure(trials, 8, ["loss", "singular_values"], 100);
        var often = Measure(
            trials, 8, [.. new TeacherStudent().Metrics.Select(metric => metric.Name)],
            [.. Enumerable.Range(0, 21).Select(index => 5L * index)]);
        for (var lane = 0; lane < trials.Length; lane++)
        {
            Assert.Equal(rarely.Of("loss", 100, lane), often.Of("loss", 100, lane));
            Assert.Equal(rarely.Of("singular_values", 100, lane, "", "W1"), often.Of("singular_values", 100, lane, "", "W1"));
        }
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void A_step_makes_as_many_tensors_for_64_lanes_as_for_one(string optimizer)
    {
        var trial = DifferentTrials(optimizer)[0];
        Assert.Equal(TensorsOfOneStep([trial], 1), TensorsOfOneStep([trial], 64));
    }

    [Theory, MemberData(nameof(Optimizers))]
    public void No_tensor_outlives_a_step(string optimizer)
    {
        var (program, state) = Start(DifferentTrials(optimizer), lanes: 8);
        new TorchEngine(program).Advance(state, 1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        new TorchEngine(program).Advance(state, 10);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>On the device `meta` a tensor has no memory, and an operation that mixes it with one elsewhere throws.</summary>
    [Theory, MemberData(nameof(Optimizers))]
    public void Every_tensor_is_made_on_the_packs_device(string optimizer)
    {
        var (program, state) = Start(DifferentTrials(optimizer), lanes: 8, META);
        foreach (var edit in program.Phases.OfType<Phase.Edit>())
        {
            edit.Change.Apply(state);
        }

        new TorchEngine(program).Advance(state, 2);
        state.Bury(zeros(8, 1, dtype: ScalarType.Bool, device: META));
        var snapshot = new NetworkSnapshot(program, state.Parameters, new PackConstants(scope));
        IEnumerable<Tensor> tensors =
        [
            state.Parameters.Flat, .. state.Optimizer.Moments, program.Initial.Flat, program.Teacher!.Parameters.Flat,
            .. program.Splits.SelectMany(split => new[] { split.Inputs, split.Targets }),
            .. program.Splits.SelectMany(split => new[] { snapshot.Get(new Losses(split.Name)), snapshot.Get(new Jacobians(split.Name)) }),
        ];
        Assert.All(tensors, made => Assert.Equal(DeviceType.META, made.device_type));
    }

    /// <summary>Five trials that differ in every batched hyperparameter a trajectory depends on.</summary>
    private static ImmutableArray<Trial> DifferentTrials(string optimizer, params ReadOnlySpan<(string, object)> more)
    {
        var rate = optimizer is "gd" or "sgd" ? 1e-5 : 1e-3;
        var trials = ImmutableArray.CreateBuilder<Trial>();
        for (var lane = 0; lane < 5; lane++)
        {
            (string, object)[] values =
            [
                ("optimizer", optimizer), ("learning_rate", rate * (1 + lane)), ("weight_decay", 0.01 * lane), ("noise", 2.0 * lane),
                ("momentum", 0.5 + 0.1 * lane), ("init_scale", 0.6 + 0.1 * lane), ("perturbation", 0.1 * lane),
                ("teacher_spectrum", new[] { 20.0 + lane, 10 }), ("data_seed", lane / 2), .. more,
            ];
            trials.Add(TestPacks.Trial(TestPacks.Point(values), lane));
        }

        return trials.ToImmutable();
    }

    private static (Program Program, TrainingState State) Start(ImmutableArray<Trial> trials, int lanes, Device? device = null)
    {
        var work = TestPacks.Pack(trials, lanes, ["loss"], 100);
        var program = new TeacherStudent().Build(new PackContext(work, device ?? CPU));
        return (program, TrainingState.Start(program));
    }

    private static double[] Loss(Program program, TrainingState state) =>
        program.Reported!.Loss(Outputs.Of(program.Model, state.Parameters, program.Splits[0].Inputs), program.Splits[0].Targets).Numbers();

    private static Measured Measure(ImmutableArray<Trial> trials, int lanes, string[] metrics, params long[] steps) =>
        TestPacks.Run(TestPacks.Pack(trials, lanes, metrics, steps));

    private static long TensorsOfOneStep(ImmutableArray<Trial> trials, int lanes)
    {
        var (program, state) = Start(trials, lanes);
        new TorchEngine(program).Advance(state, 1);
        var before = DisposeScopeManager.Statistics.CreatedInScopeCount;
        new TorchEngine(program).Advance(state, 1);
        return DisposeScopeManager.Statistics.CreatedInScopeCount - before;
    }
}
