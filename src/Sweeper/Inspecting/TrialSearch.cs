using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;

namespace Sweeper.Inspecting;

/// <summary>Finds a trial by the beginning of its id.</summary>
internal static class TrialSearch
{
    private const int ShortestPrefix = 4;

    /// <summary>The one trial of the plan whose id begins so; throws when there is none, or more than one.</summary>
    public static Trial Find(OpenedFolder folder, string prefix)
    {
        if (prefix.Length < ShortestPrefix)
        {
            throw new SweepException(
                ExitCode.Usage, $"'{prefix}' is too short for a trial id", $"Give at least its first {ShortestPrefix} digits.");
        }

        var found = new List<Trial>();
        for (var index = 0L; index < folder.Plan.TrialCount && found.Count < 2; index++)
        {
            var trial = folder.Plan.TrialAt(index);
            if (trial.Id.Hex.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(trial);
            }
        }

        return found switch
        {
            [var only] => only,
            [] when folder.History.Trials.Keys.Any(id => id.Hex.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) =>
                throw new SweepException(
                    ExitCode.Usage, $"trial '{prefix}' is orphaned: its rows are in the folder, but the sweep file no longer contains it",
                    "`sweeper query` finds its rows in segments/; put its values back into the file to have it in the curves again."),
            [] => throw new SweepException(
                ExitCode.Usage, $"no trial of '{folder.Plan.Name}' has an id that begins with '{prefix}'",
                $"`sweeper query {folder.Path} \"FROM trials\"` lists them."),
            _ => throw new SweepException(
                ExitCode.Usage, $"several trials have an id that begins with '{prefix}'", "Give more of its digits."),
        };
    }
}
