using System.CommandLine;
using System.Runtime.InteropServices;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Terminal;
using Sweeper.Training.Running;

namespace Sweeper.Commands;

/// <summary>`sweeper doctor`: whether this machine can train, and with what.</summary>
internal static class DoctorCommand
{
    public static Command Build(TextWriter output)
    {
        var results = SweepArguments.ResultsOption();
        var command = new Command("doctor", "Says what this machine would train with, and whether it can store results.") { results };
        command.SetAction(parsed =>
        {
            var torch = TorchRuntime.Describe();
            TextTable.Write(output, ["what", "found"],
            [
                ["sweeper", typeof(DoctorCommand).Assembly.GetName().Version!.ToString(3)],
                ["runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}"],
                ["processors", $"{Environment.ProcessorCount}; an operation uses {torch.Threads} (SWEEPER_THREADS)"],
                ["libtorch", $"{torch.LibtorchVersion} from {torch.Folder} ({torch.Source})"],
                ["TorchSharp", torch.TorchSharpVersion + (torch.IsPatched ? ", a copy mended for this system's older libstdc++" : "")],
                ["devices", string.Join(", ", torch.Devices)],
                .. torch.Gpus.Select((gpu, place) => new[] { $"cuda:{place}", $"{gpu.Name}, {Quantity.Bytes(gpu.MemoryBytes)}" }),
                .. House.Workers().Select(worker => new[] { $"worker {worker.Name}", worker.Numerics }),
                ["results", Storage(parsed.GetValue(results)!)],
            ]);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string Storage(string results)
    {
        var existing = Path.GetFullPath(results);
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        var probe = Path.Combine(existing, $".sweeper-doctor-{Environment.ProcessId}");
        File.WriteAllText(probe, "");
        File.Delete(probe);
        return $"{Path.GetFullPath(results)} is writable, {Quantity.Bytes(new DriveInfo(existing).AvailableFreeSpace)} free";
    }
}
