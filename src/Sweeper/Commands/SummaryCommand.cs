using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Query;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper summary`: the points of a sweep, best first; or one hyperparameter's values compared at equal seeds.</summary>
internal static class SummaryCommand
{
    private const int Shown = 20;

    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var metric = new Option<string?>("--metric") { Description = "metric to compare by; the loss where it is measured" };
        var split = new Option<string?>("--split") { Description = "train, validation or test; validation where the metric has it" };
        var component = new Option<string?>("--component") { Description = "layer or pair, for metrics that have them" };
        var index = new Option<int?>("--index") { Description = "position in a metric's shape" };
        var member = new Option<int?>("--member") { Description = "network of a trial that has several" };
        var by = new Option<string>("--by") { Description = "final, minimum, maximum or step=N", DefaultValueFactory = _ => "final" };
        var compare = new Option<string?>("--compare")
        {
            Description = "paired differences at equal seeds between the values of this hyperparameter, all others equal",
            HelpName = "hyperparameter",
        };
        var baseline = new Option<string?>("--baseline")
        {
            Description = "value to compare with; without it, the best one of every combination of the others", HelpName = "value",
        };
        var all = new Option<bool>("--all") { Description = $"all rows, not the first {Shown}" };
        var json = JsonLine.Option();
        var command = new Command("summary", "Lists the points by a number of their mean curves, with confidence interval; best first.")
        {
            metric, split, component, index, member, by, compare, baseline, all, json,
        };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var experiment = folder.Plan.Experiment;
            var named = parsed.GetValue(metric) ?? Headline.Of(folder.Plan).Metric;
            var series = new SeriesChoice(
                named, parsed.GetValue(split), parsed.GetValue(component), parsed.GetValue(index), parsed.GetValue(member))
            {
                UsualSplit = experiment.UsualSplitOf(named),
            };
            var chosen = series.In(folder.Path);
            var better = experiment.BetterOf(named);
            var isPaired = parsed.GetValue(compare) is not null;
            var value = Parse(parsed.GetValue(by)!, isPaired);
            var limit = parsed.GetValue(all) ? int.MaxValue : Shown;
            if (parsed.GetValue(baseline) is not null && !isPaired)
            {
                throw new SweepException(
                    ExitCode.Usage, "--baseline needs --compare", "Write --compare <hyperparameter> --baseline <value>.");
            }

            var table = parsed.GetValue(compare) is { } compared
                ? PairedDifferences.Read(
                    folder.Path, new TrialValues(series, value), compared, Together(folder.Plan, compared), parsed.GetValue(baseline),
                    value.LargestFirst(better))
                : PointTable.Read(folder.Path, series, value, better);
            if (parsed.GetValue(json))
            {
                output.Write(table.ToJson());
            }
            else if (parsed.GetValue(compare) is { } name)
            {
                output.WriteLine($"{folder.Plan.Name}: {chosen.Describe(experiment)}, {Describe(value, "of each trial")}, "
                    + $"differences between values of {string.Join(", ", Zipped(folder.Plan, name).Prepend(name))} at equal seeds");
                output.WriteLine();
                DifferenceReport.Write(output, table, limit);
            }
            else
            {
                var order = value.LargestFirst(better) ? "largest" : "smallest";
                output.WriteLine(
                    $"{folder.Plan.Name}: {chosen.Describe(experiment)}, {Describe(value, "over training")}, mean "
                    + $"over seeds, {order} first");
                output.WriteLine();
                PointReport.Write(output, folder.Plan, table, limit);
            }

            if (!parsed.GetValue(json) && chosen.Others is { Length: > 0 } others)
            {
                output.WriteLine();
                output.WriteLine($"one series of several; another with {others}");
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static List<string> Together(SweepPlan plan, string compared) => plan.Vocabulary.Derived(compared) is { } derived
        ? throw new SweepException(ExitCode.Usage, $"'{compared}' is derived, and only hyperparameters can be compared",
            $"compare what it is derived from: {string.Join(", ", derived.Names)}", "--compare")
        :
    [
        .. plan.DerivedOfPoints.Select(value => value.Name), .. Zipped(plan, compared),
    ];

    /// <summary>Hyperparameters that vary together with one.</summary>
    private static IEnumerable<string> Zipped(SweepPlan plan, string compared) => plan.Axes
        .Select(axis => axis.Hyperparameters.Select(declared => declared.Name))
        .Where(names => names.Contains(compared)).SelectMany(names => names).Where(name => name != compared).Distinct();

    private static Reduction Parse(string by, bool isPaired) => Reduction.Parse(by) is { } reduction && (isPaired || !reduction.IsStep)
        ? reduction
        : throw new SweepException(
            ExitCode.Usage, $"'{by}' is no way to compare points",
            "Write --by final, --by minimum, --by maximum, or a measured step: --by step=1000.", "--by");

    private static string Describe(Reduction value, string whose) => value switch
    {
        Reduction.Final => "at the end",
        Reduction.Minimum => $"smallest {whose}",
        Reduction.Maximum => $"largest {whose}",
        Reduction.At at => $"at step {at.Step:#,0}",
        _ => $"{value} {whose}",
    };
}
