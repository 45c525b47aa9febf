using System.Collections.Immutable;
using Sweeper.Core.Errors;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Terminal;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Experiments;

/// <summary>What an author got wrong is said to be the experiment's, with its place, and not a defect of Sweeper.</summary>
public sealed class ExperimentFaultTests
{
    private const string Sweep = "sweep: a\nexperiment: clumsy\ngrid: { parts: [1, 0] }\n";

    private static readonly Constraint Divisible = new(
        ["parts", "width"], "parts must divide width",
        static point => point.Integer("parts") > 0 && point.Integer("width") % point.Integer("parts") == 0);

    [Fact]
    public void A_declaration_that_throws_is_named_with_the_point_and_the_line()
    {
        var fault = Assert.Throws<SweepException>(() => Plan(Clumsy([])));
        Assert.Equal(
            "the code of experiment 'clumsy' threw in BytesPerLane: DivideByZeroException: Attempted to divide by zero. (at parts = 0)",
            fault.Message);
        Assert.Matches(@"ExperimentFaultTests\.cs:\d+$", fault.Place);
        Assert.Contains("declare a constraint", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Internal, fault.ExitCode);
        using var error = new StringWriter();
        ErrorReport.Write(error, fault);
        Assert.DoesNotContain("defect of Sweeper", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_axis_is_named_with_its_value_though_that_is_the_default()
    {
        var sweep = Sweep.Replace("parts: [1, 0]", "parts: [0, 1], width: [6, 12]", StringComparison.Ordinal);
        var fault = Assert.Throws<SweepException>(() => Plan(Clumsy([]), sweep));
        Assert.EndsWith("(at parts = 0, width = 6)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constraint_refuses_the_point_before_at_its_place_in_the_file()
    {
        var fault = Assert.Throws<SweepException>(() => Plan(Clumsy([Divisible])));
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.StartsWith("parts must divide width, but parts is 0, width is 6", fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("toy.yaml:3:9\n", fault.Place, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constraint_that_throws_is_the_experiments_fault_too() => Assert.Contains(
        "the constraint 'parts must divide width': KeyNotFoundException",
        Assert.Throws<SweepException>(() => Plan(Clumsy([Divisible with { Holds = static point => point.Integer("part") > 0 }]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_experiment_without_steps_says_what_it_lacks() => Assert.Contains(
        "LastStep: KeyNotFoundException: clumsy declares no hyperparameter 'steps'",
        Assert.Throws<SweepException>(() => Plan(new ExperimentDeclaration(
            "clumsy", 1, "", [Hyperparameter.Integer("parts", Binding.Static, 1, ""), Clumsy([]).Hyperparameters[^1]], [],
            [new MetricDeclaration("loss", 1, "", _ => 1)])
            {
                DefaultMetrics = ["loss"],
            })).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_that_are_declared_twice_or_not_at_all_are_found_before_anything_is_planned()
    {
        DeclarationCheck.Check(Clumsy([Divisible]));
        Refused("the constraint 'parts must divide width' names 'hight'", Clumsy([Divisible with { Names = ["parts", "hight"] }]));
        Refused("declares the hyperparameter 'parts' twice", Clumsy([], more: [Hyperparameter.Integer("parts", Binding.Static, 1, "")]));
        Refused("the seed of stream 'init' is 'init_sed'", Clumsy([], stream: new StreamDeclaration("init", "init_sed", "")));
        Refused("'los' of its default metrics", Clumsy([], metric: "los"));
        Refused("declares no hyperparameter 'dtype'", new ExperimentDeclaration("clumsy", 1, "", [], [], []));
    }

    private static void Refused(string problem, ExperimentDeclaration declared) => Assert.Contains(
        problem, Assert.Throws<SweepException>(() => DeclarationCheck.Check(declared)).Message, StringComparison.Ordinal);

    private static SweepPlan Plan(ExperimentDeclaration declared, string sweep = Sweep) =>
        SweepPlan.Create(SweepFile.Parse(sweep, "toy.yaml", SweepOverrides.None), new FakeCatalog(declared));

    private static ExperimentDeclaration Clumsy(
        ImmutableArray<Constraint> constraints, ImmutableArray<Hyperparameter>? more = null, StreamDeclaration? stream = null,
        string metric = "loss") => new(
        "clumsy", 1, "Divides.",
        [
            Hyperparameter.Integer("parts", Binding.Static, 1, "Parts."), Hyperparameter.Integer("width", Binding.Static, 6, "Units."),
            Hyperparameter.Integer("steps", Binding.Static, 1, "Steps."), Hyperparameter.Integer("init_seed", Binding.Batched, -1, "Seed."),
            .. more ?? [],
            Hyperparameter.Choice("dtype", "float32", ["float32", "float64"], "Type."),
        ],
        [stream ?? new StreamDeclaration("init", "init_seed", "")], [new MetricDeclaration("loss", 1, "Loss.", _ => 1)])
    {
        Constraints = constraints,
        BytesPerLane = static point => point.Integer("width") / point.Integer("parts"),
        DefaultMetrics = [metric],
    };
}
