using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Core.Sweeps;
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
        var metric = new Option<string?>("--metric") { Description = "metric to compare by; the validation loss where it is measured" };
        var split = new Option<string?>("--split") { Description = "train, validation or test" };
        var component = new Option<string?>("--component") { Description = "layer or pair, for metrics that have them" };
        var index = new Option<int?>("--index") { Description = "position in a metric's shape" };
        var member = new Option<int?>("--member") { Description = "network of a trial that has several" };
        var by = new Option<string>("--by") { Description = "final, minimum, or a step", DefaultValueFactory = _ => "final" };
        var compare = new Option<string?>("--compare") { Description = "paired differences at equal seeds between the values of this hyperparameter, all others equal", HelpName = "hyperparameter" };
        var baseline = new Option<string?>("--baseline") { Description = "value to compare with; without it, the best one of every combination of the others", HelpName = "value" };
        var all = new Option<bool>("--all") { Description = $"all rows, not the first {Shown}" };
        var json = JsonLine.Option();
        var command = new Command("summary", "Lists the points by final or smallest mean, with confidence interval; smallest first.")
        {
            metric, split, component, index, member, by, compare, baseline, all, json,
        };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var headline = parsed.GetValue(metric) is { } named ? new Headline(named, parsed.GetValue(split)) : Headline.Of(folder.Plan);
            var series = new SeriesChoice(headline.Metric, parsed.GetValue(split) ?? headline.Split, parsed.GetValue(component), parsed.GetValue(index), parsed.GetValue(member));
            var chosen = series.In(folder.Path);
            var value = Parse(parsed.GetValue(by)!);
            var limit = parsed.GetValue(all) ? int.MaxValue : Shown;
            if (parsed.GetValue(baseline) is not null && parsed.GetValue(compare) is null)
            {
                throw new SweepException(ExitCode.Usage, "--baseline needs --compare", "Write --compare <hyperparameter> --baseline <value>.");
            }

            var table = parsed.GetValue(compare) is { } compared
                ? PairedDifferences.Read(folder.Path, new TrialValues(series, value), compared, Together(folder.Plan, compared), parsed.GetValue(baseline))
                : PointTable.Read(folder.Path, series.Metric, value, series.Split, series.Component, series.Index, series.Member);
            if (parsed.GetValue(json))
            {
                output.Write(table.ToJson());
            }
            else if (parsed.GetValue(compare) is { } name)
            {
                output.WriteLine($"{folder.Plan.Name}: {chosen.Describe(folder.Plan.Experiment)}, {(value is PointValue.Minimum ? "each trial's smallest" : Describe(value))}, "
                    + $"differences between values of {name} at equal seeds");
                output.WriteLine();
                DifferenceReport.Write(output, table, limit);
            }
            else
            {
                output.WriteLine($"{folder.Plan.Name}: {chosen.Describe(folder.Plan.Experiment)}, {Describe(value)}, mean over seeds");
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
        ? throw new SweepException(ExitCode.Usage, $"'{compared}' is derived, and only hyperparameters can be compared", $"compare what it is derived from: {string.Join(", ", derived.Names)}", "--compare")
        :
    [
        .. plan.DerivedOfPoints.Select(value => value.Name),
        .. plan.Axes.Select(axis => axis.Hyperparameters.Select(declared => declared.Name))
            .Where(names => names.Contains(compared)).SelectMany(names => names).Where(name => name != compared).Distinct(),
    ];

    private static PointValue Parse(string by) => by switch
    {
        "final" => new PointValue.Final(),
        "min" or "minimum" => new PointValue.Minimum(),
        _ when long.TryParse(by, out var step) && step >= 0 => new PointValue.At(step),
        _ => throw new SweepException(ExitCode.Usage, $"'{by}' is no way to compare points", "Write --by final, --by minimum, or a measured step: --by 1000."),
    };

    private static string Describe(PointValue value) => value switch
    {
        PointValue.Final => "at the end",
        PointValue.Minimum => "smallest over training",
        PointValue.At at => $"at step {at.Step:#,0}",
        _ => "",
    };
}
