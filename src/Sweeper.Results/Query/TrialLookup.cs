using Sweeper.Core.Errors;
using Sweeper.Results.Folders;

namespace Sweeper.Results.Query;

/// <summary>Trials of a folder by the beginning of their id.</summary>
public static class TrialLookup
{
    /// <summary>Rows of `trials.parquet` whose id begins so. Throws <see cref="SweepException"/> (usage) when there is none.</summary>
    public static ResultTable Find(string folder, string prefix)
    {
        using var connection = ResultViews.Open(new ResultFolder(folder));
        var found = ResultQuery.Run(connection, "SELECT * FROM trials WHERE starts_with(trial_id, ?) ORDER BY trial_id", prefix);
        return found.Rows.Count > 0
            ? found
            : throw new SweepException(
                ExitCode.Usage, $"no trial of this sweep begins with '{prefix}'",
                "list them with sweeper query \"SELECT trial_id FROM trials\"", folder);
    }
}
