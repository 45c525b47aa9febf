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

/// <summary>Reads the cases of `j_linear_gd`: deep linear students on the identity as data, where targets are Sigma31^T.</summary>
internal static class LinearDescentVectors
{
    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["input"], golden.Node["expected"]);
        golden.Same(given["Sigma11"], "identity", given["Sigma11"].Text());
        var (model, initial) = Networks.FromWeights(given["student_init"], leak: 1, hasOutputActivation: false);
        var (noisy, clean) = (TorchTests.Matrix(given["Sigma31"].Matrix()), TorchTests.Matrix(given["teacher"].Matrix()));
        var inputs = eye(noisy.shape[2], dtype: ScalarType.Float64).unsqueeze(0);
        var objective = new SquaredError(ErrorScaling.HalfSum);
        var optimizer = new Sgd(tensor(given["learning_rate"].Number()).view(1, 1));
        var program = new Program(
            model, initial, new TrainingRule(objective, optimizer), objective, [new Split("train", inputs, noisy.mT)], []);
        Check(golden, program, noisy, clean, new TorchEngine(program));
        Check(golden, program, noisy, clean, LanesEngine.For(program)!);
    }

    private static void Check(GoldenCase golden, Program program, Tensor noisy, Tensor clean, IEngine engine)
    {
        using var disposed = engine;
        var (given, expected) = (golden.Node["input"], golden.Node["expected"]);
        var state = TrainingState.Start(program);
        var steps = expected["steps"].Numbers();
        var (train, test, singular) = (new List<double>(), new List<double>(), new List<double>());
        var modes = expected["singular_values"].Items[0].Numbers().Length;
        foreach (var step in steps)
        {
            engine.Advance(state, (long)step - state.Step);
            var composite = Composite();
            train.Add(RelativeError(composite, noisy));
            test.Add(RelativeError(composite, clean));
            singular.AddRange(BatchedSvd.Full(composite).S.narrow(-1, 0, modes).Numbers());
        }

        golden.Same(given["steps"], given["steps"].Integer(), state.Step);
        golden.Close(expected["eps_train"], [.. train]);
        golden.Close(expected["eps_test"], [.. test]);
        golden.Close(expected["singular_values"], [.. singular]);
        golden.Close(expected["final_composite"], Composite().Numbers());
        var head = expected["head_first_half"];
        golden.Close(head["eps_train"], RelativeError(Head(Composite()), Head(noisy)));
        golden.Close(head["eps_test"], RelativeError(Head(Composite()), Head(clean)));

        Tensor Composite() => ((Mlp)program.Model).Jacobians(state.Parameters, program.Splits[0].Inputs).squeeze(1);

        Tensor Head(Tensor matrix) => matrix.narrow(1, 0, head["rows"].Integer());
    }

    private static double RelativeError(Tensor actual, Tensor wanted) =>
        ((actual - wanted).square().sum() / wanted.square().sum()).Number();
}
