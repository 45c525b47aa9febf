using Sweeper.Core.Journal;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Results.Figures;
using Sweeper.Results.Folders;
using Sweeper.Training.Experiments;

namespace Sweeper.Composition;

/// <summary>The one place where the parts meet: which experiments, figures, stores and devices this program is made of.</summary>
internal static class House
{
    private static string Version { get; } = typeof(House).Assembly.GetName().Version!.ToString(3);

    /// <summary>Every experiment.</summary>
    public static IExperimentCatalog Experiments { get; } = new ExperimentCatalog();

    /// <summary>The device that this process trains on.</summary>
    public static string Device => "cpu";

    /// <summary>Results folders on disk; <paramref name="note"/> is told what was found amiss and repaired.</summary>
    public static ISweepFolders Folders(Action<string> note) => new SweepFolders(Version, note: note);

    /// <summary>Refuses, before anything is trained, a plan that asks for what could not be drawn.</summary>
    public static void Check(SweepPlan plan) => FigureCatalog.Check(plan);

    /// <summary>Brings what is derived from the rows of a folder up to date with a plan.</summary>
    public static void Derive(SweepPlan plan, string folder, Action<string> note)
    {
        using var opened = Folders(note).OpenForWriting(plan, folder);
        opened.Derive(plan, SweepHistory.Fold(opened.Journal.History));
    }
}
