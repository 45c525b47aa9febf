using Sweeper.Core.Journal;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Folders;
using Sweeper.Results.Journaling;

namespace Sweeper.Composition;

/// <summary>A results folder read without a lock: what it was asked for, and what became of it.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Plan">The plan in its `sweep.yaml`.</param>
/// <param name="History">Its journal, folded.</param>
internal sealed record OpenedFolder(string Path, SweepPlan Plan, SweepHistory History)
{
    /// <summary>Reads a folder. Throws a fault that names the file when it is damaged.</summary>
    public static OpenedFolder Read(string path)
    {
        var file = SweepFile.Load(new ResultFolder(path).SweepFile, SweepOverrides.None);
        return new OpenedFolder(path, SweepPlan.Create(file, House.Experiments), SweepHistory.Fold(JournalReader.Read(path)));
    }
}
