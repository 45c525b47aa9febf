using System.Collections.Immutable;
using Sweeper.Core.Sweeps;

namespace Sweeper.Core.Ports;

/// <summary>What a coordinator has been asked to run and has not finished: survives it, so that the next one goes on by itself.</summary>
public interface ISubmissionStore
{
    /// <summary>The cluster file under which the next coordinator finds them; null where there will be none.</summary>
    string? Cluster => null;

    /// <summary>In the order in which they came.</summary>
    ImmutableArray<Submission> Load();

    /// <summary>Replaces all of them, atomically.</summary>
    void Save(ImmutableArray<Submission> submissions);
}

/// <summary>A sweep that somebody asks for.</summary>
/// <param name="Id">Unique; the same when it is repeated.</param>
/// <param name="Text">The resolved sweep file.</param>
/// <param name="Folder">Its results folder, as the coordinator sees it.</param>
/// <param name="Scope">What of the plan it is about.</param>
/// <param name="Rules">What the run may do; null: the usual.</param>
public sealed record Submission(string Id, string Text, string Folder, RunScope Scope, RunRules? Rules = null);
