using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;

namespace Sweeper.Commands;

/// <summary>The arguments of every verb that reads a sweep file: the file, what overrides it, and where results go.</summary>
internal sealed class SweepArguments
{
    private readonly Argument<string> file = new("sweep") { Description = "sweep file (YAML)" };
    private readonly Option<string?> profile =
        new("--profile", "-p") { Description = "profile of the sweep file; its results get a folder of their own", HelpName = "name" };
    private readonly Option<string[]> set =
        new("--set") { Description = "override: 'lr=1e-3', 'depth=2,4', 'noise=linspace(0,1,5)' (repeatable)", HelpName = "name=value" };
    private readonly Option<string?> seeds =
        new("--seeds") { Description = "override the seeds: a count, 0..3, or 3,5,8", HelpName = "seeds" };
    private readonly Option<string?> experiment =
        new("--experiment") { Description = "experiment, instead of the one that the file names", HelpName = "name" };
    private readonly Option<string?> only = new("--only")
    {
        Description = "of the sweep only the trials for which a condition holds: 'depth == 2 and seed < 3'", HelpName = "condition",
    };
    private readonly Option<long?> limit = new("--limit") { Description = "of these only the first so many", HelpName = "trials" };
    private readonly Option<string> results = ResultsOption();

    /// <summary>The option `--results`.</summary>
    public static Option<string> ResultsOption() =>
        new("--results") { Description = "folder of results folders", HelpName = "folder", DefaultValueFactory = _ => "results" };

    /// <summary>Adds all of them to a verb.</summary>
    public void AddTo(Command command)
    {
        AddSweepTo(command);
        command.Add(results);
    }

    /// <summary>Adds the file and what overrides it, for a verb whose results are not on this machine.</summary>
    public void AddSweepTo(Command command)
    {
        command.Add(file);
        command.Add(profile);
        command.Add(set);
        command.Add(seeds);
        command.Add(experiment);
        command.Add(only);
        command.Add(limit);
    }

    /// <summary>The plan that a command line asks for.</summary>
    public SweepPlan Plan(ParseResult parsed)
    {
        RefuseResults(parsed);
        var overrides = new SweepOverrides(
            parsed.GetValue(profile), parsed.GetValue(set) ?? [], parsed.GetValue(seeds), parsed.GetValue(experiment));
        return CompositionRoot.Plan(SweepFile.Load(parsed.GetValue(file)!, overrides));
    }

    /// <summary>A results folder, or its name, where a sweep file should stand.</summary>
    private void RefuseResults(ParseResult parsed)
    {
        var given = parsed.GetValue(file)!;
        if (System.IO.File.Exists(given))
        {
            return;
        }

        var root = parsed.CommandResult.Command.Options.Contains(results) ? parsed.GetValue(results)! : "";
        string[] candidates = [given, Path.Combine(root, given)];
        if (candidates.Select(path => new ResultFolder(path)).FirstOrDefault(folder => System.IO.File.Exists(folder.Journal)) is { } folder)
        {
            throw new SweepException(
                ExitCode.Usage, "this is a results folder, not a sweep file",
                $"`sweeper resume {given}` goes on with it; its own copy of the sweep file is {folder.SweepFile}", folder.Path);
        }
    }

    /// <summary>What of the plan this run is about: at least one trial.</summary>
    public RunScope Scope(ParseResult parsed, SweepPlan plan)
    {
        var scope = new RunScope(parsed.GetValue(only), parsed.GetValue(limit) ?? long.MaxValue);
        TrialScope.RefuseEmpty(plan, scope);
        return scope;
    }

    /// <summary>The same arguments for a process elsewhere, the file with its whole path; without `--results`.</summary>
    public ImmutableArray<string> Words(ParseResult parsed) => [File(parsed), .. Overrides(parsed)];

    /// <summary>The sweep file, with its whole path.</summary>
    public string File(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(file)!);

    /// <summary>What overrides the file, for a process elsewhere.</summary>
    public ImmutableArray<string> Overrides(ParseResult parsed) =>
    [
        .. Word(profile, parsed.GetValue(profile)),
        .. (parsed.GetValue(set) ?? []).SelectMany(assignment => Word(set, assignment)),
        .. Word(seeds, parsed.GetValue(seeds)),
        .. Word(experiment, parsed.GetValue(experiment)),
        .. Word(only, parsed.GetValue(only)),
        .. Word(limit, parsed.GetValue(limit)?.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>The folder of results folders, with its whole path.</summary>
    public string Results(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(results)!);

    private static string[] Word(Option option, string? value) => value is null ? [] : [option.Name, value];

    /// <summary>The results folder of a plan.</summary>
    public string Folder(ParseResult parsed, SweepPlan plan) => Path.Combine(parsed.GetValue(results)!, plan.Name);
}
