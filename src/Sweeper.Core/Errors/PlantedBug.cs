namespace Sweeper.Core.Errors;

/// <summary>
/// Bugs that a test plants, to see that the simulation finds them. There is no way to plant one but <see cref="PlantedBugs.Plant"/>,
/// and nothing but tests calls that.
/// </summary>
public enum PlantedBug
{
    /// <summary>A pack that is leased stays pending.</summary>
    DoubleGrant,
    /// <summary>A lease that is over is taken for the one that its pack has now.</summary>
    ForgottenFence,
    /// <summary>What is decided is said before it is on disk.</summary>
    SyncOmitted,
    /// <summary>A renewal does not move the deadline.</summary>
    LostRenewal,
    /// <summary>Lines of a writer that had been replaced count.</summary>
    WrongEpochOrder,
    /// <summary>The number of a lease that was told and is not in the journal is given to another one.</summary>
    NumberGivenAgain,
}

/// <summary>Which bug is planted: on the thread that planted it only.</summary>
public static class PlantedBugs
{
    [ThreadStatic]
    private static PlantedBug? planted;

    /// <summary>Whether it is this one.</summary>
    public static bool IsPlanted(this PlantedBug bug) => planted == bug;

    /// <summary>Plants a bug, or takes the one there away.</summary>
    internal static void Plant(PlantedBug? bug) => planted = bug;
}
