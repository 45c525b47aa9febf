using Sweeper.Golden;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Optimizers;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Models;

/// <summary>Reads `transformer`: a small one with and without layer norms, and four steps of AdamW on it.</summary>
internal static class TransformerVectors
{
    private static readonly CrossEntropy Objective = new();

    public static IEnumerable<GoldenCase> CasesOf(GoldenNode block)
    {
        block["case"].Skip("layout");
        return [new GoldenCase("no_layernorm", block["case"]["no_layernorm"], block),
            new GoldenCase("pre_layernorm", block["case"]["pre_layernorm"], block)];
    }

    public static void Check(GoldenCase golden)
    {
        var file = golden.Block["case"];
        int Size(string name) => (int)file["dims"][name].Integer();
        var hasNorm = golden.Id == "pre_layernorm";
        IModel model = new Transformer(new TransformerShape(Size("p") + 1, Size("d_model"), Size("d_mlp"), Size("heads"), Blocks: 1)
        {
            HasLayerNorm = hasNorm, AnswersLast = true,
        });
        var parameters = new ParameterSet(
            model.Layout, tensor([.. model.Layout.Parameters.SelectMany(parameter => Given(file, parameter.Name).Numbers())]).unsqueeze(0));
        double[][] tokens = file["tokens"].Matrix();
        var batch = new Split(
            "train", Whole([.. tokens.SelectMany(row => row)]).view(1, tokens.Length, -1), Whole(file["labels"].Numbers()).unsqueeze(0));
        golden.Close(file["positional_table"], Transformer.Sinusoids(tokens[0].Length, Size("d_model")).Numbers());
        golden.Close(golden.Node["logits"], model.Apply(parameters, batch.Inputs, NetworkMode.Evaluate).Numbers());
        golden.Close(golden.Node["loss"], Loss(model, parameters, batch));
        CheckGradient(golden, new ParameterSet(model.Layout, model.Gradient(parameters, batch, Objective)), hasNorm);
        CheckDescent(golden, model, parameters, batch);
    }

    private static void CheckGradient(GoldenCase golden, ParameterSet gradient, bool hasNorm)
    {
        golden.Close(golden.Node["grad_Wo"], gradient["Wo"].Numbers());
        golden.Close(golden.Node["grad_E"], gradient["E"].Numbers());
        var norms = golden.Node["grad_norms"].Fields.Concat(hasNorm ? golden.Node["grad_norms_ln"].Fields : []).ToArray();
        Xunit.Assert.Equal(gradient.Layout.Parameters.Select(parameter => parameter.Name).Order(), norms.Select(norm => norm.Name).Order());
        foreach (var (name, norm) in norms)
        {
            golden.Close(norm, gradient[name].norm().Number());
        }

        golden.Close(golden.Node["grad_global_norm"], gradient.Flat.norm().Number());
    }

    private static void CheckDescent(GoldenCase golden, IModel model, ParameterSet parameters, Split batch)
    {
        Tensor Column(double value) => tensor(value).view(1, 1);
        var optimizer = new Adam(Column(0.01), Column(1), isDecoupled: true, 0.9, 0.98, 1e-8);
        var state = OptimizerState.Start(optimizer, parameters.Flat);
        var losses = golden.Node["adamw_lr0.01_wd1_b2_0.98_losses"];
        var actual = new double[losses.Numbers().Length];
        foreach (ref var loss in actual.AsSpan())
        {
            loss = Loss(model, parameters, batch);
            state.Updates++;
            optimizer.Update(parameters.Flat, model.Gradient(parameters, batch, Objective), state, 1);
        }

        golden.Close(losses, actual);
        foreach (var (name, norm) in golden.Node["param_norms_after_4_steps"].Fields)
        {
            golden.Close(norm, parameters[name].norm().Number());
        }
    }

    private static double Loss(IModel model, ParameterSet parameters, Split batch) =>
        Objective.Loss(model.Apply(parameters, batch.Inputs, NetworkMode.Evaluate), batch.Targets).Number();

    private static GoldenNode Given(GoldenNode file, string name) => file["params"].Find(name) ?? file["ln"][name];

    private static Tensor Whole(double[] numbers) => tensor(numbers).to(ScalarType.Int64);
}
