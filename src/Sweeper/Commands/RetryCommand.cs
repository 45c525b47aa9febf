using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Predicates;
using Sweeper.Inspecting;
using Sweeper.Running;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper retry`: gives failed trials a new budget of attempts, then runs.</summary>
internal static class RetryCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var all = new Option<bool>("--all") { Description = "every failed trial" };
        var where = new Option<string?>("--where")
        {
            Description = "failed trials for which a condition holds: 'depth == 8 and seed in [0, 1]'", HelpName = "condition",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "say which trials, start nothing" };
        var command = new Command("retry", "Gives failed trials a new budget of attempts, and runs.") { all, where, dryRun };
        var rules = new RulesArguments();
        var processes = new ProcessArguments();
        arguments.AddTo(command);
        rules.AddTo(command);
        processes.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var folder = OpenedFolder.Read(arguments.Resolve(parsed));
            if (parsed.GetValue(all) == (parsed.GetValue(where) is not null))
            {
                throw new SweepException(ExitCode.Usage, "it is not said which failed trials", "Write --all, or --where '<condition>'.");
            }

            var condition = parsed.GetValue(where) is { } text ? Predicate.Parse(text, "--where", folder.Plan.Vocabulary) : null;
            var failed = folder.Trials.Where(trial => folder.History.HasFailed(trial.Id)
                && condition?.Holds(trial.Point, trial.Seed) is not false).ToList();
            if (failed.Count == 0)
            {
                var none = condition is null ? "no failed trials" : "no failed trial for which the condition holds";
                output.WriteLine($"{folder.Plan.Name}: {none}");
                return (int)ExitCode.Done;
            }

            if (parsed.GetValue(dryRun))
            {
                Describe(output, folder, failed);
                return (int)ExitCode.Done;
            }

            CompositionRoot.Record(
                folder.Plan, folder.Path, new JournalEntry.Retried([.. failed.Select(trial => trial.Id)], DateTimeOffset.UtcNow),
                output.WriteLine);
            output.WriteLine($"{Quantity.Count(failed.Count, "trial")} with a new budget of attempts");
            var scope = ScopeFor(folder, failed);
            return (int)await SweepRun.ExecuteAsync(folder.Plan, folder.Path, output, scope, rules.Of(parsed), processes.Of(parsed));
        });
        return command;
    }

    /// <summary>That of the run before, unless some of these trials are beyond it.</summary>
    private static RunScope ScopeFor(OpenedFolder folder, List<Trial> retried)
    {
        var scope = TrialScope.Of(folder.Plan, folder.LatestScope);
        var ids = retried.Select(trial => trial.Id).ToHashSet();
        var isBeyond = !scope.IsAll && folder.Trials.Index().Any(
            trial => ids.Contains(trial.Item.Id) && !scope.Includes(trial.Index, trial.Item));
        return isBeyond ? RunScope.All : folder.LatestScope;
    }

    private static void Describe(TextWriter output, OpenedFolder folder, List<Trial> failed)
    {
        output.WriteLine($"would retry {Quantity.Count(failed.Count, "trial")}:");
        TextTable.Write(output, ["trial", .. folder.Plan.Swept.Select(axis => axis.Declaration.Name), "seed", "attempts", "failure"],
            failed.Select(trial => (string[])
            [
                trial.Id.Hex[..8], .. folder.Plan.Swept.Select(axis => trial.Point[axis.Declaration.Name].ToString()!), $"{trial.Seed}",
                $"{folder.History.Trials[trial.Id].Attempts}", folder.History.Trials[trial.Id].Failure!,
            ]));
    }
}
