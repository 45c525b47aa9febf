using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;

namespace Sweeper.Running;

/// <summary>
/// Worker processes of this machine: started, started again when they end, and ended with this one. Each reads an input that
/// closes when this process is gone, however it went, so that none is left behind.
/// </summary>
internal sealed partial class WorkerProcesses : IAsyncDisposable
{
    private const int Term = 15;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private readonly ClusterFile cluster;
    private readonly string[] arguments;
    private readonly string logs;
    private readonly Action<string> say;
    private readonly ImmutableArray<Task> supervised;

    /// <summary>Starts one for each device, for a coordinator in this process.</summary>
    public static WorkerProcesses Start(
        ImmutableArray<string> devices, NodeAddress coordinator, ClusterCredential credential, string logs, Action<string> say)
    {
        var cluster = new ClusterFile(Path.Combine(Directory.CreateTempSubdirectory("sweeper-").FullName, "cluster.json"));
        cluster.Publish(coordinator, credential);
        return new WorkerProcesses(devices, cluster, logs, say);
    }

    /// <summary>Starts one for each device.</summary>
    /// <param name="devices">Devices, `cpu` once for each process that is wanted.</param>
    /// <param name="cluster">Where they find the coordinator.</param>
    /// <param name="logs">Folder of their logs.</param>
    /// <param name="say">Told when one ends before its time.</param>
    private WorkerProcesses(ImmutableArray<string> devices, ClusterFile cluster, string logs, Action<string> say)
    {
        this.cluster = cluster;
        this.say = say;
        this.logs = logs;
        arguments = ["worker", "--supervised", "--cluster", cluster.Path, "--logs", logs];
        supervised = [.. devices.Select((device, place) => SuperviseAsync(device, $"{Environment.MachineName}/{device}/{place}"))];
    }

    /// <summary>Asks all to leave, and ends those that do not.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(supervised);
        stopping.Dispose();
        Directory.Delete(Path.GetDirectoryName(cluster.Path)!, recursive: true);
    }

    private async Task SuperviseAsync(string device, string name)
    {
        var pause = ShortestPause;
        var ends = new WorkerEnds(name, logs);
        while (!stopping.IsCancellationRequested)
        {
            var lived = Stopwatch.StartNew();
            using var process = Start(device, name);
            var complaint = process.StandardError.ReadToEndAsync();
            _ = process.StandardOutput.ReadToEndAsync();
            var exit = await WaitAsync(process);
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            if (ends.Line(exit, FirstLine(await complaint)) is { } line)
            {
                say(line);
            }

            if (WorkerEnds.IsFinal(exit))
            {
                return;
            }

            pause = lived.Elapsed > LongestPause ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Waits for its end; once all are to stop, asks for it, and insists.</summary>
    private async Task<int> WaitAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            _ = Send(process.Id, Term);
            using var patience = new CancellationTokenSource(Grace);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
        }

        return process.ExitCode;
    }

    private Process Start(string device, string name)
    {
        string[] words = [.. ThisProgram.Words, .. arguments, "--device", device, "--name", name];
        return Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }

    private static string FirstLine(string complaint) => complaint.Trim().Split('\n')[0];

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
