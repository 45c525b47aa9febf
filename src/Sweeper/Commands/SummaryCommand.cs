using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Measurements;
using Sweeper.Results.Query;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper summary`: the points of a sweep, best first.</summary>
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
        var by = new Option<string>("--by") { Description = "final, minimum, or a step", DefaultValueFactory = _ => "final" };
        var all = new Option<bool>("--all") { Description = $"all points, not the best {Shown}" };
        var command = new Command("summary", "Lists the points by final or smallest mean, with confidence interval; smallest first.") { metric, split, component, index, by, all };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            var headline = parsed.GetValue(metric) is { } named ? new Headline(named, parsed.GetValue(split)) : Headline.Of(folder.Plan);
            var value = Parse(parsed.GetValue(by)!);
            var points = PointTable.Read(folder.Path, headline.Metric, value, parsed.GetValue(split) ?? headline.Split, parsed.GetValue(component), parsed.GetValue(index));
            output.WriteLine($"{folder.Plan.Name}: {headline}, {Describe(value)}, mean over seeds");
            output.WriteLine();
            PointReport.Write(output, folder.Plan, points, parsed.GetValue(all) ? int.MaxValue : Shown);
            return (int)ExitCode.Done;
        });
        return command;
    }

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
