using System.Text.Json;
using Sweeper.Cluster.Hosting;
using Sweeper.Core.Errors;
using Sweeper.Results.Files;

namespace Sweeper.Composition;

/// <summary>
/// Where the coordinator is: a small file that it publishes and workers and clients poll. No port is agreed upon in
/// advance, and a coordinator that begins anew is found by a new epoch.
/// </summary>
/// <param name="path">The file: `cluster.json`.</param>
internal sealed class ClusterFile(string path)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Keeps a second coordinator from publishing here, until disposed. Throws <see cref="SweepException"/> (preflight) when there is one.</summary>
    public IDisposable Hold()
    {
        // Whatever else stands there is not overwritten, nor locked.
        _ = Read();
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new SweepException(
                ExitCode.Preflight, $"a coordinator publishes here already{(Read() is { } other ? $": process {other.Process}" : "")}",
                "submit to it, or give this one another --cluster", path, fault);
        }
    }

    /// <summary>Replaces the file, in one step for whoever reads it.</summary>
    public void Publish(NodeAddress address)
    {
        var next = new Rendezvous(address.Host, address.Port, (Read()?.Epoch ?? 0) + 1, Environment.ProcessId, DateTimeOffset.UtcNow);
        DurableFile.ReplaceText(path, $"{path}.{Environment.ProcessId}", JsonSerializer.Serialize(next, Json) + "\n");
    }

    /// <summary>What it says now; null where there is none.</summary>
    public Rendezvous? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Rendezvous>(File.ReadAllText(path), Json);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException fault)
        {
            throw new SweepException(ExitCode.Preflight, "this is no file in which a coordinator published its address",
                "See whether --cluster names the right file. If it does, it is damaged: move it away and start `sweeper coordinator` again.", path, fault);
        }
    }

    /// <summary>What it says now. Throws <see cref="SweepException"/> (preflight) where there is none.</summary>
    public Rendezvous Existing() => Read() ?? throw new SweepException(
        ExitCode.Preflight, "there is no coordinator", "start `sweeper coordinator` with the same --cluster, or `sweeper run` without one", path);

    /// <summary>Waits until it says something else than before.</summary>
    public async Task<Rendezvous> NextAsync(Rendezvous? before, CancellationToken cancellation)
    {
        while (true)
        {
            if (Read() is { } read && read != before)
            {
                return read;
            }

            await Task.Delay(PollEvery, cancellation);
        }
    }
}

/// <summary>What a coordinator publishes.</summary>
/// <param name="Host">Where it is.</param>
/// <param name="Port">Its port.</param>
/// <param name="Epoch">How many coordinators have published here.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Started">When, for people.</param>
internal sealed record Rendezvous(string Host, int Port, long Epoch, int Process, DateTimeOffset Started)
{
    /// <summary>Where it can be reached.</summary>
    public NodeAddress Address => new(Host, Port);
}
