using System.CommandLine;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Claims;
using Sweeper.Terminal;

namespace Sweeper.Commands;

/// <summary>`sweeper check`: asks results what the sweep file claims of them.</summary>
internal static class CheckCommand
{
    public static Command Build(TextWriter output)
    {
        var arguments = new FolderArguments();
        var profile = new Option<string?>("--profile", "-p")
        {
            Description = "with a sweep file: the profile whose claims and results are meant", HelpName = "name",
        };
        var mutate = new Option<bool>("--mutate")
        {
            Description = "hold each claim against changed results, too: it must not hold for any of its `breaks_when`",
        };
        var tryAll = new Option<bool>("--try-all")
        {
            Description = "list every change of results after which a claim still holds, whatever `breaks_when` says; the "
                + "exit code does not change",
        };
        var json = JsonLine.Option();
        var command = new Command(
            "check", "Asks results whether the claims of the sweep file (`expect`) hold; exit code 7 where one fails.")
        {
            profile, mutate, tryAll, json,
        };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var (plan, folder) = Asked(arguments, parsed, parsed.GetValue(profile));
            var claims = CheckedClaims.Of(plan, folder, parsed.GetValue(mutate), parsed.GetValue(tryAll));
            if (parsed.GetValue(json))
            {
                ClaimReport.WriteJson(output, plan.Name, claims);
            }
            else
            {
                ClaimReport.Write(output, plan.Name, claims);
                if (claims.Claims.IsEmpty && arguments.File(parsed) is null)
                {
                    output.WriteLine(
                        "asked was the folder's own copy of the sweep file; `sweeper check <sweep file>` asks what the file claims now");
                }
            }

            return (int)(claims.IsGreen ? ExitCode.Done : ExitCode.ClaimFailed);
        });
        return command;
    }

    /// <summary>A folder is asked what its own copy of the sweep file claims; a sweep file what it claims now.</summary>
    private static (SweepPlan Plan, string Folder) Asked(FolderArguments arguments, ParseResult parsed, string? profile)
    {
        if (arguments.File(parsed) is not { } file)
        {
            if (profile is not null)
            {
                throw new SweepException(
                    ExitCode.Usage, "a results folder has one profile, or none",
                    "Give the sweep file with --profile, or the folder alone.", "--profile");
            }

            var opened = OpenedFolder.Read(arguments.Resolve(parsed));
            return (opened.Plan, opened.Path);
        }

        var plan = CompositionRoot.Plan(SweepFile.Load(file, new SweepOverrides(profile, [], null, null)));
        var folder = FolderArguments.Find(Path.Combine(arguments.Results(parsed), plan.Name), arguments.Results(parsed));
        RefuseOther(plan, folder, file);
        return (plan, folder);
    }

    /// <summary>Results of another version of the file are not what it speaks of.</summary>
    private static void RefuseOther(SweepPlan plan, string folder, string file)
    {
        if (OpenedFolder.Read(folder).Plan.Hash != plan.Hash)
        {
            throw new SweepException(
                ExitCode.Preflight, $"these results are of another version of {file}",
                "`sweeper run` brings them up to date; `sweeper check <folder>` asks what the folder's own copy "
                + "of the sweep file claims", folder);
        }
    }
}
