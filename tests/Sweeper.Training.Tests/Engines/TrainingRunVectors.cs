using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Engines;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Engines;

/// <summary>Reads the cases of `i_training_runs`: whole trainings in float64.</summary>
internal static class TrainingRunVectors
{
    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["input"], golden.Node["expected"]);
        var (model, initial) = Networks.FromWeights(
            given["student_init"], given["leak"].Number(), given["student_output_activation"].Flag());
        Split[] splits =
        [
            new("train", TorchTests.Matrix(given["X_train"].Matrix()), TorchTests.Matrix(given["Y_train"].Matrix())),
            new("validation", TorchTests.Matrix(given["X_val"].Matrix()), TorchTests.Matrix(given["Y_val"].Matrix())),
        ];
        var reported = new SquaredError(ErrorScaling.MeanExampleSumOutput);
        var program = new Program(
            model, initial, new TrainingRule(new SquaredError(Scaling(given["loss"].Text())), Optimizer(given)), reported, [.. splits], []);
        Check(golden, program, new TorchEngine(program));
        Check(golden, program, LanesEngine.For(program)!);
        expected.Skip("sensitivity_to_1e13_perturbation");
    }

    private static void Check(GoldenCase golden, Program program, IEngine engine)
    {
        using var disposed = engine;
        var (given, expected) = (golden.Node["input"], golden.Node["expected"]);
        var lossTolerance = new GoldenTolerance(Relative: golden.Block["tolerance"]["rel_loss"].Number());
        var weightTolerance = new GoldenTolerance(Absolute: golden.Block["tolerance"]["abs_weights"].Number());
        var state = TrainingState.Start(program);
        var (train, validation) = (new List<double>(), new List<double>());
        foreach (var step in expected["steps"].Numbers())
        {
            engine.Advance(state, (long)step - state.Step);
            train.Add(Loss(program.Splits[0]));
            validation.Add(Loss(program.Splits[1]));
        }

        engine.Advance(state, given["steps"].Integer() - state.Step);
        golden.Close(expected["train_loss_mean_example_sum_output"], [.. train], lossTolerance);
        golden.Close(expected["val_loss_mean_example_sum_output"], [.. validation], lossTolerance);
        golden.Close(expected["final_weights"], state.Parameters.Flat.Numbers(), weightTolerance);
        var strength = BatchedSvd.Full(((Mlp)program.Model).Jacobians(state.Parameters, program.Splits[1].Inputs)).S.mean([1L]);
        golden.Close(expected["final_mode_strength_on_val"], strength.Numbers(), weightTolerance);

        double Loss(Split split) =>
            program.Reported!.Loss(Outputs.Of(program.Model, state.Parameters, split.Inputs), split.Targets).Number();
    }

    private static IOptimizer Optimizer(GoldenNode given)
    {
        var rate = tensor(given["learning_rate"].Number()).view(1, 1);
        var adam = given["adam"];
        return given["optimizer"].Text() switch
        {
            "gd" when adam.IsNull => new Sgd(rate),
            "adam" => new Adam(rate, decay: null, isDecoupled: false, adam["beta1"].Number(), adam["beta2"].Number(), adam["eps"].Number()),
            var name => throw new GoldenMismatchException($"unknown optimizer '{name}'"),
        };
    }

    private static ErrorScaling Scaling(string loss) => loss switch
    {
        "mean_example_sum_output" => ErrorScaling.MeanExampleSumOutput,
        "half_sum" => ErrorScaling.HalfSum,
        "mean_all" => ErrorScaling.MeanAll,
        _ => throw new GoldenMismatchException($"unknown loss '{loss}'"),
    };
}
