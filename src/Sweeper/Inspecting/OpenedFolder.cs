using Sweeper.Composition;
using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Sweeper.Results.Journaling;

namespace Sweeper.Inspecting;

/// <summary>A results folder read without a lock: what it was asked for, and what became of it.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Plan">The plan in its `sweep.yaml`.</param>
/// <param name="Journal">Its journal, oldest line first.</param>
internal sealed record OpenedFolder(string Path, SweepPlan Plan, IReadOnlyList<JournalEntry> Journal)
{
    /// <summary>The journal, folded, less what is gone from the folder.</summary>
    public SweepHistory History { get; } = MissingSegments.Subtract(Path, Journal);

    /// <summary>What of the plan the latest run was about.</summary>
    public RunScope LatestScope => History.LatestRun?.GetScope() ?? RunScope.All;

    /// <summary>Every trial of the plan, lazily, in canonical order.</summary>
    public IEnumerable<Trial> Trials
    {
        get
        {
            for (var index = 0L; index < Plan.TrialCount; index++)
            {
                yield return Plan.TrialAt(index);
            }
        }
    }

    /// <summary>Reads a folder. Throws a fault that names the file when it is damaged.</summary>
    public static OpenedFolder Read(string path)
    {
        // Of a large sweep both take long, and neither needs the other.
        var journal = Task.Run(() => JournalReader.Read(path));
        var file = SweepFile.Load(new ResultFolder(path).SweepFile, SweepOverrides.None);
        var plan = SweepPlan.Create(file, CompositionRoot.Experiments);
        return new OpenedFolder(path, plan, journal.GetAwaiter().GetResult());
    }
}
