using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Inspecting;
using Sweeper.Preflight;
using Sweeper.Results.Folders;
using Sweeper.Running.Addresses;
using Sweeper.Terminal;
using Sweeper.Training.Libtorch;

namespace Sweeper.Commands;

/// <summary>
/// `sweeper doctor`: whether this machine can train, and with what; of several machines also whether they can work together.
/// </summary>
internal static class DoctorCommand
{
    public static Command Build(TextWriter output)
    {
        var results = SweepArguments.ResultsOption();
        var cluster = new Option<bool>("--cluster")
        {
            Description = "look at all nodes together: one process on each, as `srun --ntasks-per-node=1` starts them; "
                + "exit code 5 where something will not do",
        };
        var nodes = new Option<int?>("--nodes")
        {
            Description = "with --cluster: how many processes take part; under SLURM those of the step", HelpName = "number",
        };
        var meeting = new Option<string?>("--meeting")
        {
            Description = "with --cluster: a name for this look, the same on all nodes; under SLURM the step's", HelpName = "name",
        };
        var gpus = new Option<int?>("--gpus") { Description = "with --cluster: GPUs that each node should have", HelpName = "number" };
        var listen = new ListenArguments();
        var mixed = new Option<bool>("--mixed")
        {
            Description = "with --cluster: nodes may compute with numbers that differ in the last bits",
        };
        var command = new Command("doctor",
            "Says what this machine would train with, and whether it can store results; with --cluster whether many can work together.")
        {
            results, cluster, nodes, meeting, gpus, mixed,
        };
        listen.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            if (!parsed.GetValue(cluster))
            {
                var refusal = Refusal(parsed.GetValue(results)!);
                Describe(output, parsed.GetValue(results)!, refusal);
                return refusal is null ? (int)ExitCode.Done
                    : throw new SweepException(ExitCode.Preflight, refusal, "name another folder with --results");
            }

            var look = ClusterLook.Of(parsed.GetValue(nodes), parsed.GetValue(meeting), Environment.GetEnvironmentVariable);
            var begun = Begun(parsed.GetValue(results)!);
            var shared = Existing(begun is null ? parsed.GetValue(results)! : Path.GetDirectoryName(Path.GetFullPath(begun.Path))!);
            var found = await ClusterDoctor.LookAsync(shared, look.Name, look.Nodes, await NodePlace.OfCoordinatorAsync(listen.Of(parsed)));
            if (!found.IsFirst)
            {
                // One table, one list of faults: the first one's.
                return (int)ExitCode.Done;
            }

            ClusterReport.Write(output, found, shared);
            var faults = ClusterVerdict.Of(found, parsed.GetValue(gpus), parsed.GetValue(mixed), begun is null ? null
                : numerics => NumericsRefusal.Of("", begun.History.Numerics, numerics, begun.Plan.Engine, null, parsed.GetValue(mixed)));
            return faults.IsEmpty
                ? (int)ExitCode.Done
                : throw SweepException.Together(
                    [.. faults.Select(fault => new SweepException(ExitCode.Preflight, fault.Problem, fault.Remedy))]);
        });
        return command;
    }

    /// <summary>The results folder that is named, where nodes are to go on with it; null for a folder of such folders.</summary>
    private static OpenedFolder? Begun(string results)
    {
        var folder = new ResultFolder(Path.TrimEndingDirectorySeparator(results));
        return File.Exists(folder.Journal) && File.Exists(folder.SweepFile) ? OpenedFolder.Read(folder.Path) : null;
    }

    private static void Describe(TextWriter output, string results, string? refusal)
    {
        var torch = TorchRuntime.Describe();
        TextTable.Write(output, ["what", "found"],
        [
            ["sweeper", typeof(DoctorCommand).Assembly.GetName().Version!.ToString(3)],
            ["runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}"],
            ["processors", string.Create(CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount}; an operation uses {torch.Threads} (SWEEPER_THREADS)")],
            ["libtorch", $"{torch.LibtorchVersion} from {torch.Folder} ({torch.Source})"],
            ["TorchSharp", torch.TorchSharpVersion + (torch.IsPatched ? ", a copy mended for this system's older libstdc++" : "")
                + (torch.AreScalarsHeld ? "" : ", which may free a scalar in use: an attempt then ends with `Unknown scalar type`")],
            ["devices", string.Join(", ", torch.Devices)],
            .. torch.Gpus.Select((gpu, place) => new[] { $"cuda:{place}", $"{gpu.Name}, {Quantity.Bytes(gpu.MemoryBytes)}" }),
            .. CompositionRoot.Workers().Select(worker => new[] { $"worker {worker.Name}", worker.Numerics }),
            ["results", refusal ?? Storage(results)],
        ]);
    }

    /// <summary>Why results cannot be stored; null where they can.</summary>
    private static string? Refusal(string results)
    {
        var probe = Path.Combine(Existing(results), $".sweeper-doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{Path.GetFullPath(results)} cannot be written: {fault.Message}";
        }
    }

    private static string Storage(string results)
    {
        var existing = Existing(results);
        return $"{Path.GetFullPath(results)} is writable, {Quantity.Bytes(new DriveInfo(existing).AvailableFreeSpace)} free";
    }

    /// <summary>The folder, or the next one above it that exists.</summary>
    private static string Existing(string results)
    {
        var existing = Path.GetFullPath(results);
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        return existing;
    }
}
