using System.Security.Cryptography;
using System.Text.Json;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;
using Sweeper.Core.Errors;
using Sweeper.Results.Files;

namespace Sweeper.Running;

/// <summary>
/// Where the coordinator is, and what makes a process a member of its cluster: a small secret file that it publishes and workers
/// and clients poll. No port is agreed upon in advance, and a coordinator that begins anew is found by a new epoch.
/// </summary>
/// <param name="path">The file: `cluster.json`.</param>
/// <param name="state">Folder of what its coordinator keeps: queue, lock, log; null: that of the file.</param>
internal sealed class ClusterFile(string path, string? state = null)
{
    private static readonly JsonSerializerOptions Json =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Folder of what its coordinator keeps.</summary>
    public string State { get; } = state ?? System.IO.Path.GetDirectoryName(path)!;

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>
    /// Keeps a second coordinator from publishing here, until disposed. Throws <see cref="SweepException"/> (preflight) when there is one.
    /// </summary>
    public IDisposable Hold()
    {
        // Whatever else stands there is not overwritten, nor locked.
        _ = Peek();
        try
        {
            return SecretFile.Lock(System.IO.Path.Combine(State, System.IO.Path.GetFileName(path) + ".lock"));
        }
        catch (IOException fault)
        {
            throw new SweepException(
                ExitCode.Preflight,
                $"a coordinator publishes here already{(Peek()?.Published is { } other ? $": {Coordinator(other)}" : "")}",
                "submit to it, or give this one another --cluster", path, fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw NotPermitted(null, fault);
        }
    }

    /// <summary>
    /// What the coordinator is to use, where the file was made for that (`sweeper cluster-file`); null where the coordinator makes it.
    /// Throws <see cref="SweepException"/> (preflight) when it cannot be trusted.
    /// </summary>
    public Rendezvous? Given() => Peek() is { Published.IsFixed: true } read ? Checked(read.Published, read.Ownership) : null;

    /// <summary>A file for a coordinator that will be at an address, as text: with a new certificate.</summary>
    public static string Fixed(NodeAddress address) => Text(new Rendezvous(
        address.Host, address.Port, 0, 0, DateTimeOffset.UtcNow, null, ClusterCredential.Create()) { IsFixed = true });

    /// <summary>
    /// Replaces the file, in one step for whoever reads it. Throws <see cref="SweepException"/> (preflight) when it cannot.
    /// </summary>
    /// <param name="address">Where the coordinator is.</param>
    /// <param name="credential">What the members of its cluster show one another.</param>
    /// <param name="group">Name of a group that may read it, too; null: only its owner may.</param>
    /// <returns>What is read there from now on.</returns>
    public Rendezvous Publish(NodeAddress address, ClusterCredential credential, string? group = null)
    {
        var epoch = (Peek()?.Published.Epoch ?? 0) + 1;
        var next = new Rendezvous(address.Host, address.Port, epoch, Environment.ProcessId, DateTimeOffset.UtcNow, group, credential)
        {
            Machine = Environment.MachineName, Job = Environment.GetEnvironmentVariable("SLURM_JOB_ID"),
        };
        try
        {
            SecretFile.Replace(path, Text(next), group is null ? null : GroupNumber(group));
        }
        catch (UnauthorizedAccessException fault)
        {
            throw NotPermitted(group, fault);
        }

        return next;
    }

    /// <summary>
    /// Throws <see cref="SweepException"/> (preflight) when another coordinator has published here since: this one slept, and nobody
    /// works for it any more.
    /// </summary>
    /// <param name="own">What this one published; null where none does.</param>
    public void CheckOwn(Rendezvous? own)
    {
        if (own is not null && Peek()?.Published is { } now && now != own)
        {
            throw Replaced(now);
        }
    }

    /// <summary>For a coordinator that finds another one in its place.</summary>
    public SweepException Replaced(Rendezvous other) => new(
        ExitCode.Preflight, $"another coordinator has taken the place of this one: {Coordinator(other)}",
        "Nothing needs to be repaired: that one goes on with all that was submitted here.", path);

    /// <summary>Makes its folder where there is none, for a group. Says whether the group can enter it.</summary>
    public bool ShareFolder(string group)
    {
        try
        {
            return SharedFolder.Make(System.IO.Path.GetDirectoryName(path)!, GroupNumber(group));
        }
        catch (UnauthorizedAccessException fault)
        {
            throw NotPermitted(group, fault);
        }
    }

    /// <summary>How people find the process of a coordinator.</summary>
    public static string Coordinator(Rendezvous published) =>
        published.IsFixed
            ? $"at {published.Address}"
            : $"process {published.Process}{(published.Machine is { } machine ? $" on {machine}" : "")}"
                + (published.Job is { } job ? $" in job {job}" : "");

    private static string Text(Rendezvous published) => JsonSerializer.Serialize(published, Json) + "\n";

    private static uint GroupNumber(string group) => FileOwnership.FindGroup(group)
        ?? throw new SweepException(
            ExitCode.Usage, $"there is no group '{group}' on this machine", "`id` lists the groups that you are in.");

    /// <summary>
    /// What it says now. Throws <see cref="SweepException"/> (preflight) where there is none, or none that can be trusted.
    /// </summary>
    public Rendezvous Existing() => Peek() is { } read ? Checked(read.Published, read.Ownership) : throw new SweepException(
        ExitCode.Preflight, "there is no coordinator",
        "start `sweeper coordinator` with the same --cluster, or `sweeper run` without one", path);

    /// <summary>
    /// Waits until it says something else than before. Throws <see cref="SweepException"/> (preflight) when that cannot be trusted.
    /// </summary>
    public async Task<Rendezvous> NextAsync(Rendezvous? before, CancellationToken cancellation)
    {
        while (true)
        {
            if (Peek() is { } read && read.Published != before)
            {
                return Checked(read.Published, read.Ownership);
            }

            await Task.Delay(PollEvery, cancellation);
        }
    }

    /// <summary>What it says now, whoever wrote it; null where there is none.</summary>
    private (Rendezvous Published, FileOwnership? Ownership)? Peek()
    {
        try
        {
            var (text, ownership) = SecretFile.Read(path);
            return JsonSerializer.Deserialize<Rendezvous>(text, Json) is { Host: not null } published
                ? (published, ownership)
                : throw new JsonException();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new SweepException(
                ExitCode.Preflight, "only members of this cluster can read its file, and you are none",
                "Ask whoever runs its coordinator to start it with --group and a group that you are in, or name your "
                + "own file with --cluster.", path, fault);
        }
        catch (JsonException fault)
        {
            throw new SweepException(ExitCode.Preflight, "this is no file in which a coordinator published its address",
                "See whether --cluster names the right file. If it does, it is damaged: move it away and start "
                + "`sweeper coordinator` again.", path, fault);
        }
    }

    private SweepException NotPermitted(string? group, Exception fault) => new(
        ExitCode.Preflight, group is null ? "no permission to publish here" : $"no permission to publish here for the group '{group}'",
        group is null
            ? "Give this coordinator another --cluster."
            : "Name a group that you are in (`id` lists them), or another --cluster.",
        path, fault);

    private Rendezvous Checked(Rendezvous published, FileOwnership? ownership)
    {
        if (published.Credential is not { } credential)
        {
            throw new SweepException(
                ExitCode.Preflight, "this cluster file has no certificate: it is of an older version of Sweeper",
                "Start `sweeper coordinator` of this version with the same --cluster.", path);
        }

        var group = published.Group is { } name ? FileOwnership.FindGroup(name) : null;
        if (ownership is { } file
            && ClusterFileRule.Objection(file, FileOwnership.Self, published.Group, group, published.IsFixed) is var (problem, remedy))
        {
            throw new SweepException(ExitCode.Preflight, problem, remedy, path);
        }

        try
        {
            return credential.Outdated(TimeProvider.System.GetUtcNow()) is not { } outdated ? published : throw new SweepException(
                ExitCode.Preflight, $"the certificate in this cluster file {outdated}",
                $"Set this machine's clock, or {New(published)}.", path);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new SweepException(
                ExitCode.Preflight, "the certificate in this cluster file is damaged",
                $"To get a new one, {New(published)}.", path, fault);
        }
    }

    private static string New(Rendezvous published) =>
        published.IsFixed ? "make the file anew with `sweeper cluster-file`" : "start `sweeper coordinator` again, which makes a new one";
}
