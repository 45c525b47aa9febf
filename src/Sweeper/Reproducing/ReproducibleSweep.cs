using System.Collections.Immutable;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;

namespace Sweeper.Reproducing;

/// <summary>A sweep file, or a profile of it, that is to be reproduced.</summary>
/// <param name="File">The file.</param>
/// <param name="Profile">The profile; null for the file itself.</param>
/// <param name="Plan">The sweep.</param>
internal sealed record ReproducibleSweep(string File, string? Profile, SweepPlan Plan)
{
    /// <summary>The profile that shows that a file runs, not what the paper claims.</summary>
    private const string Quick = "quick";

    private const string Everything = "sweeps/*.yaml";

    /// <summary>
    /// What is meant; <paramref name="output"/> is told what has no such profile. Throws <see cref="SweepException"/> (usage) where that is
    /// nothing.
    /// </summary>
    public static ImmutableArray<ReproducibleSweep> Find(string[] patterns, string? profile, TextWriter output)
    {
        var isAll = patterns.Length == 0;
        var found = ImmutableArray.CreateBuilder<ReproducibleSweep>();
        foreach (var file in SweepGlob.Find(isAll ? [Everything] : patterns))
        {
            var profiles = SweepFile.Load(file, SweepOverrides.None).Profiles;
            if (profile is not null && !profiles.Contains(profile))
            {
                output.WriteLine(isAll ? "" : $"{file} has no profile '{profile}': left out");
                continue;
            }

            string?[] asked = profile is not null ? [profile] : [null, .. profiles.Where(name => name != Quick)];
            found.AddRange(
                asked.Select(name => Of(file, name)).Where(sweep => !sweep.Plan.Claims.IsEmpty || (!isAll && sweep.Profile == profile)));
        }

        return found.Count > 0 ? found.ToImmutable() : throw new SweepException(
            ExitCode.Usage,
            profile is null ? "no sweep file claims anything" : $"no sweep file has a profile '{profile}' that claims anything",
            "Name sweep files; `expect` of a sweep file says what is claimed of its results.");
    }

    /// <summary>One of them.</summary>
    public static ReproducibleSweep Of(string file, string? profile) =>
        new(file, profile, CompositionRoot.Plan(SweepFile.Load(file, SweepOverrides.None with { Profile = profile })));
}
