using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Optimizers;

/// <summary>Reads `optim`: the first gradient, every run of every optimizer, the schedules.</summary>
internal static class OptimizerVectors
{
    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block) =>
    [
        new("gradient", block, block),
        .. block["runs"].Fields.Select(run => new GoldenCase(run.Name, run.Node, block)),
        new("schedules", block["schedules"], block),
    ];

    public static void Check(GoldenCase golden)
    {
        switch (golden.Id)
        {
            case "gradient":
                CheckGradient(golden);
                break;
            case "schedules":
                ScheduleVectors.Check(golden, golden.Node);
                break;
            default:
                CheckRun(golden);
                break;
        }
    }

    private static void CheckGradient(GoldenCase golden)
    {
        var (model, parameters, batch) = Network(golden.Block);
        var gradient = new ParameterSet(model.Layout, model.Gradient(parameters, batch, new CrossEntropy()));
        golden.Close(golden.Node["loss0"], Loss(model, parameters, batch));
        golden.Close(golden.Node["grad_W0"], Values(gradient, ParameterRole.Weight));
        golden.Close(golden.Node["grad_b0"], Values(gradient, ParameterRole.Bias));
    }

    private static void CheckRun(GoldenCase golden)
    {
        var (model, parameters, batch) = Network(golden.Block);
        var (hyper, factors) = (golden.Node["hyper"], golden.Node["lr_factors"].Numbers());
        var optimizer = Optimizer(golden.Node["optimizer"].Text(), hyper);
        var state = OptimizerState.Start(optimizer, parameters.Flat);
        foreach (var (index, step) in golden.Node["steps"].Items.Index())
        {
            golden.Same(step["step"], step["step"].Integer(), index + 1);
            golden.Close(step["lr"], hyper["lr"].Number() * factors[index]);
            golden.Close(step["loss_before"], Loss(model, parameters, batch));
            state.Updates++;
            optimizer.Update(parameters.Flat, model.Gradient(parameters, batch, new CrossEntropy()), state, factors[index]);
            golden.Close(step["W"], Values(parameters, ParameterRole.Weight));
            golden.Close(step["b"], Values(parameters, ParameterRole.Bias));
        }

        golden.Close(golden.Node["loss_after"], Loss(model, parameters, batch));
    }

    private static IOptimizer Optimizer(string name, GoldenNode hyper)
    {
        Tensor Column(string field) => tensor(hyper[field].Number()).view(1, 1);
        return name switch
        {
            "sgd" => new Sgd(Column("lr"), Column("wd"), Column("mom")),
            "adamw" =>
                new Adam(Column("lr"), Column("wd"), isDecoupled: true, hyper["b1"].Number(), hyper["b2"].Number(), hyper["eps"].Number()),
            _ => throw new GoldenMismatchException($"unknown optimizer '{name}'"),
        };
    }

    private static (Mlp Model, ParameterSet Parameters, Split Batch) Network(GoldenNode block)
    {
        var (model, parameters) = Networks.FromWeightsAndBiases(block["W"], block["b"]);
        var classes = tensor(block["y"].Numbers()).to(ScalarType.Int64).unsqueeze(0);
        return (model, parameters, new Split("train", TorchTests.Matrix(block["x"].Matrix()), classes));
    }

    private static double Loss(Mlp model, ParameterSet parameters, Split batch) =>
        new CrossEntropy().Loss(model.Apply(parameters, batch.Inputs, NetworkMode.Evaluate), batch.Targets).Number();

    private static double[] Values(ParameterSet parameters, ParameterRole role) => [.. parameters.Layout.Parameters.Index()
        .Where(parameter => parameter.Item.Role == role).SelectMany(parameter => parameters[parameter.Index].Numbers())];
}
