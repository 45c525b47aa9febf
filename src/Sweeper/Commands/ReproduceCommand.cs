using System.CommandLine;
using Sweeper.Reproducing;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>`sweeper reproduce`: runs sweeps, asks what they claim, and writes what came of it.</summary>
internal static class ReproduceCommand
{
    public static Command Build(TextWriter output)
    {
        var patterns = new Argument<string[]>("sweeps")
        {
            Description =
                "sweep files, or patterns such as 'sweeps/relu-modes/*'; all under sweeps that claim something when none is named",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var profile = new Option<string?>("--profile", "-p")
        {
            Description = "this profile of each that has it; by default the files themselves, and those of their profiles that claim "
                + "something, but for `quick`",
            HelpName = "name",
        };
        var cluster = new Option<string?>("--cluster")
        {
            Description = "have them run by the coordinator that publishes its address in this file", HelpName = "file",
        };
        var results = SweepArguments.ResultsOption();
        var page = new Option<string?>("--page")
        {
            Description = "Markdown page to write, too; pictures go beside it, into images/reproduction", HelpName = "file",
        };
        var html = new Option<string?>("--html")
        {
            Description = "the page with everything in it; by default reproduction.html in the folder of results", HelpName = "file",
        };
        var listen = new ListenArguments();
        var rules = new RulesArguments();
        var command = new Command(
            "reproduce", "Runs sweeps, asks whether what they claim holds, and writes a page with figures, claims and settings.")
        {
            patterns, profile, cluster, results, page, html,
        };
        rules.AddTo(command);
        listen.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var asked = ReproducibleSweep.Find(parsed.GetValue(patterns)!, parsed.GetValue(profile), output);
            var reproduction = new Reproduction(
                parsed.GetValue(results)!, rules.Of(parsed),
                parsed.GetValue(cluster) is { } file ? (new ClusterFile(Path.GetFullPath(file)), listen.Of(parsed)) : null, output);
            var end = await reproduction.RunAsync(asked);
            if (reproduction.Sweeps.Count == 0)
            {
                return (int)end;
            }

            using var asOthers = PrivateFiles.ForOutput();
            var written = parsed.GetValue(html) ?? Path.Combine(parsed.GetValue(results)!, "reproduction.html");
            HtmlPage.Write(written, reproduction.Sweeps);
            output.WriteLine(written);
            if (parsed.GetValue(page) is { } markdown)
            {
                MarkdownPage.Write(markdown, reproduction.Sweeps);
                output.WriteLine(markdown);
            }

            return (int)end;
        });
        return command;
    }
}
