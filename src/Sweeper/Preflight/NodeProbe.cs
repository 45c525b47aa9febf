using System.Collections.Immutable;
using Sweeper.Composition;
using Sweeper.Core.Errors;
using Sweeper.Results.Files;
using Sweeper.Running;
using Sweeper.Terminal;
using Sweeper.Training.Libtorch;

namespace Sweeper.Preflight;

/// <summary>Looks at the node that this process runs on.</summary>
internal static class NodeProbe
{
    /// <summary>Its name: SLURM's, or the host's.</summary>
    public static string Name =>
        Environment.GetEnvironmentVariable("SLURMD_NODENAME") is { Length: > 0 } name ? name : Environment.MachineName;

    /// <summary>Loads libtorch, and looks at devices, memory, clock and the shared folder.</summary>
    /// <param name="folder">The shared folder.</param>
    /// <param name="greeter">What answers the other nodes.</param>
    public static NodeFacts Look(string folder, Greeter greeter)
    {
        var faults = ImmutableArray.CreateBuilder<NodeFault>();
        var (libtorch, devices, gpus, numerics) = Torch(faults);
        return new NodeFacts(
            Name, greeter.Address, greeter.Port, typeof(NodeProbe).Assembly.GetName().Version!.ToString(3), libtorch, devices, gpus,
            numerics, Environment.ProcessorCount, MachineMemory.Available(), new DriveInfo(folder).AvailableFreeSpace, Skew(folder),
            faults.ToImmutable());
    }

    /// <summary>Seconds by which this node's clock is ahead of the one that dates the files of a folder.</summary>
    internal static double Skew(string folder)
    {
        var probe = Path.Combine(folder, $"clock.{Guid.NewGuid():N}");
        var before = DateTime.UtcNow;
        using (var stream = DurableFile.Create(probe))
        {
            stream.WriteByte(0);
            DurableFile.Commit(stream, probe);
        }

        var after = DateTime.UtcNow;
        var dated = File.GetLastWriteTimeUtc(probe);
        File.Delete(probe);
        return (before + ((after - before) / 2) - dated).TotalSeconds;
    }

    private static (string Libtorch, ImmutableArray<string> Devices, ImmutableArray<string> Gpus, ImmutableArray<string> Numerics) Torch(
        ImmutableArray<NodeFault>.Builder faults)
    {
        try
        {
            var torch = TorchRuntime.Describe();
            var gpus = CompositionRoot.Gpus();
            ImmutableArray<string> devices = gpus.IsEmpty ? [CompositionRoot.Cpu] : gpus;
            return ($"{torch.LibtorchVersion} ({torch.TorchSharpVersion})", devices,
                [.. torch.Gpus.Select(gpu => $"{gpu.Name}, {Quantity.Bytes(gpu.MemoryBytes)}")],
                [.. devices.Select(TorchRuntime.Numerics).Distinct()]);
        }
        catch (SweepException fault)
        {
            faults.Add(new NodeFault(fault.Message, fault.Remedy ?? "`sweeper doctor` on that node says more."));
            return ("", [], [], []);
        }
    }
}
