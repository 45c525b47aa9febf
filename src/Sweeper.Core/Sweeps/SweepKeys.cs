using System.Collections.Immutable;

namespace Sweeper.Core.Sweeps;

/// <summary>
/// All keys of sweep files, in the order in which they are documented. A new one is declared here, has a schema
/// (<see cref="Writing.SweepSchema"/>) and is typed (<see cref="Typing.ContentReader"/>); files and profiles are read, laid over each other
/// and documented by this table.
/// </summary>
public static class SweepKeys
{
    /// <summary>Name of the sweep.</summary>
    public static SweepKey Sweep { get; } =
        new("sweep", SweepKeyScope.File, "name of the results folder: lower-case letters, digits, hyphens", "required");

    /// <summary>The experiment.</summary>
    public static SweepKey Experiment { get; } =
        new("experiment", SweepKeyScope.File, "what is trained; `sweeper experiments` lists them", "required (or `--experiment`)");

    /// <summary>Single values.</summary>
    public static SweepKey Fixed { get; } =
        new("fixed", SweepKeyScope.Profile, "`name: value`, the same for all trials", "the experiment's defaults");

    /// <summary>Axes.</summary>
    public static SweepKey Grid { get; } = new("grid", SweepKeyScope.Profile, "`name: axis`, every combination", "one point");

    /// <summary>Axes that vary together.</summary>
    public static SweepKey Zip { get; } =
        new("zip", SweepKeyScope.Profile, "a list of groups of axes; the axes of a group are equally long and vary together", "");

    /// <summary>Further members of a union.</summary>
    public static SweepKey Grids { get; } =
        new("grids", SweepKeyScope.Profile, "a list of further grids: the sweep is the union of all of them", "the file's own grid alone");

    /// <summary>Formulas.</summary>
    public static SweepKey Derive { get; } =
        new("derive", SweepKeyScope.Profile, "`name: formula`: values that follow from others, for figures, conditions and tables", "");

    /// <summary>What is left out.</summary>
    public static SweepKey Exclude { get; } =
        new("exclude", SweepKeyScope.Profile, "a list of conditions; a trial for which one holds is left out", "nothing is");

    /// <summary>Where names vary.</summary>
    public static SweepKey When { get; } = new(
        "when", SweepKeyScope.Profile,
        "`name: condition`: the name varies where it holds and has its `fixed` value, else its default, elsewhere",
        "names vary everywhere");

    /// <summary>Seeds.</summary>
    public static SweepKey Seeds { get; } =
        new("seeds", SweepKeyScope.Profile, "a count (`3` is 0, 1, 2), a range `0..19` with both ends, or a list", "the seed 0");

    /// <summary>What is measured when.</summary>
    public static SweepKey Measure { get; } = new(
        "measure", SweepKeyScope.Profile,
        "a list of `{ at: .., metrics: [..] }`; at is a list of steps, `{ every: n }`, `{ log: count }` or `end`",
        "the experiment's own metrics at 50 steps");

    /// <summary>The profile that a resolved file was made with.</summary>
    public static SweepKey Profile { get; } = new(
        "profile", SweepKeyScope.File, "the profile that is applied already: stands in files that Sweeper writes", "");

    /// <summary>Other versions of the sweep.</summary>
    public static SweepKey Profiles { get; } = new(
        "profiles", SweepKeyScope.File,
        "`name: { .. }` with keys of this table, laid over the file by `--profile name`; results go to `<sweep>@<name>`", "");

    /// <summary>Networks of a pack.</summary>
    public static SweepKey Lanes { get; } = new("lanes", SweepKeyScope.Profile, "networks of a pack at most", "256");

    /// <summary>Figures.</summary>
    public static SweepKey Figures { get; } = new("figures", SweepKeyScope.Profile, "a list of figures", "all that the metrics allow");

    /// <summary>Claims.</summary>
    public static SweepKey Expect { get; } = new(
        "expect", SweepKeyScope.Profile,
        "a list of claims about the results, for `sweeper check`; what is claimed of the file itself is not "
        + "claimed of its profiles", "none");

    /// <summary>The work that is reproduced.</summary>
    public static SweepKey Paper { get; } = new(
        "paper", SweepKeyScope.File, "work, and figure or table of it, that the sweep reproduces: shown by `sweeper reproduce`", "");

    /// <summary>Settings that the work does not state.</summary>
    public static SweepKey Chosen { get; } = new(
        "chosen", SweepKeyScope.Profile,
        "`name: reason`: settings that the paper does not state, or has otherwise; `all`: every one that does not stand here itself",
        "all are the paper's");

    /// <summary>Means.</summary>
    public static SweepKey Aggregate { get; } = new(
        "aggregate", SweepKeyScope.Profile,
        "`{ diverged: drop_step }` takes a diverged trial out of means from its step on, `drop_trial` altogether", "`drop_step`");

    /// <summary>Kept weights.</summary>
    public static SweepKey Keep { get; } = new("keep", SweepKeyScope.Profile, "`{ weights: none }`, `final` or `snapshots`", "`none`");

    /// <summary>Failures that are a success.</summary>
    public static SweepKey AllowFailed { get; } = new("allow_failed", SweepKeyScope.File, "failed trials that are still a success", "0");

    /// <summary>All of them.</summary>
    public static ImmutableArray<SweepKey> All { get; } =
    [
        Sweep, Experiment, Fixed, Grid, Zip, Grids, Derive, Exclude, When, Seeds, Measure, Profile, Profiles, Lanes, Figures, Expect, Paper,
        Chosen, Aggregate, Keep, AllowFailed,
    ];

    /// <summary>Names of those that a profile may have.</summary>
    public static ImmutableArray<string> OfProfiles { get; } =
        [.. All.Where(key => key.Scope == SweepKeyScope.Profile).Select(key => key.Name)];

    /// <summary>Names of those that only the file itself has.</summary>
    public static ImmutableArray<string> OfFiles { get; } = [.. All.Where(key => key.Scope == SweepKeyScope.File).Select(key => key.Name)];
}
