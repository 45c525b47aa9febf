using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Seams;

/// <summary>
/// Code of an experiment that throws while a pack is trained is named, with its line, and not taken for a defect of Sweeper.
/// </summary>
public sealed class FaultyExperimentTests
{
    private static readonly string Sweep = SeamSweep.Of("faulty", "inputs: [3]", "torn");

    /// <summary>libtorch throws, and its pages of C++ frames are left out.</summary>
    [Fact]
    public void Build_is_named_with_the_point_and_the_line()
    {
        var fault = Assert.Throws<SweepException>(() => SeamSweep.Run(
            new FaultyExperiment(static pack => throw new InvalidOperationException($"{zeros(8).view(pack.Statics.Integer("inputs"))}")),
            Sweep));
        Assert.Matches(
            @"\Athe code of experiment 'faulty' threw in Build: ExternalException: [^\n]*"
            + @"shape '\[3\]' is invalid for input of size 8[^\n]* \(at inputs = 3\)\z",
            fault.Message);
        Assert.Matches(@"FaultyExperiment\.cs:\d+$", fault.Place);
        Assert.Contains("declare a constraint", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_is_named_with_its_line()
    {
        var fault = Assert.Throws<SweepException>(() => SeamSweep.Run(new FaultyExperiment(Untrained), Sweep));
        Assert.StartsWith(
            "the code of experiment 'faulty' threw in metric torn: NullReferenceException", fault.Message, StringComparison.Ordinal);
        Assert.Matches(@"FaultyExperiment\.cs:\d+$", fault.Place);
    }

    [Fact]
    public void Values_that_are_not_those_of_all_networks_are_refused()
    {
        var sweep = SeamSweep.Of("faulty", "inputs: [3]", "mixed");
        var fault = Assert.Throws<SweepException>(() => SeamSweep.Run(new FaultyExperiment(Untrained), sweep));
        Assert.Contains("threw in metric mixed: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            "its values have the shape [4], but the first dimension must be the 1 networks", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_values_than_the_dimensions_declare_are_refused()
    {
        var sweep = SeamSweep.Of("faulty", "inputs: [3]", "twofold");
        var fault = Assert.Throws<SweepException>(() => SeamSweep.Run(new FaultyExperiment(Untrained), sweep));
        Assert.Contains(
            "threw in metric twofold: InvalidOperationException: a trial has 2 values of it at one step, but its "
            + "dimensions (one) declare 1",
            fault.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Internal, fault.ExitCode);
    }

    /// <summary>Not of the metric that was the first to look at it.</summary>
    [Fact]
    public void A_layout_that_contradicts_itself_is_said_to_do_so()
    {
        var fault = Assert.Throws<SweepException>(() => SeamSweep.Run(new FaultyExperiment(Untrained, Contradicting), Sweep));
        Assert.Equal(
            "the code of experiment 'faulty' threw in the layout of its networks: ArgumentException: W1 has 5 outputs, and W2 "
            + "takes in 3 (at inputs = 3)",
            fault.Message);
        Assert.Matches(@"FaultyExperiment\.cs:\d+$", fault.Place);

        static ParameterLayout Contradicting(Point point) => new(
        [
            new("W1", [5, 2], ParameterRole.Weight), new("W2", [1, point.Integer("inputs")], ParameterRole.Weight) { Follows = ["W1"] },
        ]);
    }

    private static Program Untrained(PackContext pack)
    {
        var model = new Mlp([4, 1], leak: 1);
        return new Program(model, new ParameterSet(model.Layout, zeros(pack.Lanes, 4, ScalarType.Float64)), null, null, [], []);
    }
}
