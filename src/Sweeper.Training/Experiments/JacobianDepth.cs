using System.Collections.Immutable;
using Sweeper.Core.Randomness;
using Sweeper.Training.Data;
using Sweeper.Training.Experiments.Settings;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Experiments;

/// <summary>Deep linear networks with fixed gates; see the declaration.</summary>
internal sealed class JacobianDepth() : DeclaredExperiment(JacobianDepthDeclaration.Declared, JacobianDepthDeclaration.Metrics)
{
    /// <inheritdoc/>
    public override Program Build(PackContext pack) => pack.Statics.Choice("task") switch
    {
        "none" => Built(pack, trained: null, reported: null, []),
        "regression" => Regression(pack),
        _ => Built(pack, new CrossEntropy(), new CrossEntropy(), JacobianDepthDeclaration.Data.Splits(pack)),
    };

    /// <summary>All unit vectors are inputs: half the sum of squares is half the squared distance of Jacobian and teacher.</summary>
    private static Program Regression(PackContext pack)
    {
        var teacher = BuildTeacher(pack);
        var units = eye(JacobianDepthDeclaration.UnitsOr("inputs", pack.Statics), dtype: ScalarType.Float64, device: pack.Device)
            .unsqueeze(0).expand(pack.Lanes, -1, -1);
        var targets = teacher.Model.Apply(teacher.Parameters, units, NetworkMode.Evaluate);
        var split = new Split("train", pack.InType(units), targets.to(pack.Type));
        return Built(pack, new SquaredError(ErrorScaling.HalfSum), new SquaredError(ErrorScaling.MeanExampleSumOutput), [split]) with
        {
            Teacher = teacher,
        };
    }

    private static Program Built(PackContext pack, IObjective? trained, IObjective? reported, ImmutableArray<Split> splits)
    {
        var (point, chain) = (pack.Statics, JacobianDepthDeclaration.Chain(pack.Statics));
        var model = new Mlp(JacobianDepthDeclaration.Widths(point), leak: 1, law: InitialLaw.Gaussian);
        var initial = GatedWeights.Draw(pack, model, chain, splits.FirstOrDefault());
        return new Program(
            model, new ParameterSet(model.Layout, initial.to(pack.Type)),
            trained is null ? null : TrainingSettings.Rule(pack, model.Layout, trained), reported, splits,
            [new Phase.Train(point.Integer("steps"))])
        {
            Chain = chain,
        };
    }

    /// <summary>One matrix: of given singular values, or A B with Gaussian factors, scaled to the Frobenius norm of as many ones.</summary>
    private static Teacher BuildTeacher(PackContext pack)
    {
        var point = pack.Statics;
        int inputs = JacobianDepthDeclaration.UnitsOr("inputs", point), outputs = JacobianDepthDeclaration.UnitsOr("outputs", point);
        var (rank, spectrum) = ((int)point.Integer("teacher_rank"), point.Vector("teacher_spectrum"));
        var model = new Mlp([inputs, outputs], leak: 1);
        var matrices = pack.Draw(
            pack.Seeds("teacher"), seed => spectrum.IsEmpty ? Product(seed) : SpectrumMatrix.Draw(seed, outputs, inputs, spectrum),
            model.Layout.Size);
        return new Teacher(model, new ParameterSet(model.Layout, matrices.contiguous()));

        double[] Product(long seed)
        {
            var left = RandomStreams.Teacher(seed, 0).NextGaussian(outputs * rank);
            var right = RandomStreams.Teacher(seed, 1).NextGaussian(rank * inputs);
            var product = new double[outputs * inputs];
            for (var row = 0; row < outputs; row++)
            {
                for (var inner = 0; inner < rank; inner++)
                {
                    for (var column = 0; column < inputs; column++)
                    {
                        product[row * inputs + column] += left[row * rank + inner] * right[inner * inputs + column];
                    }
                }
            }

            var scale = Math.Sqrt(rank / product.Sum(entry => entry * entry));
            return Array.ConvertAll(product, entry => entry * scale);
        }
    }
}
