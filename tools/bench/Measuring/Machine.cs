using System.Runtime.Intrinsics;
using Sweeper.Training.Probes;

namespace Sweeper.Bench.Measuring;

/// <summary>What this machine is, and what a core of it does at the moment.</summary>
internal static class Machine
{
    /// <summary>Series of the multiply-add rate of one core.</summary>
    public const string Rate = "multiply-add rate";

    /// <summary>Series of one core's memory bandwidth.</summary>
    public const string Bandwidth = "memory bandwidth";

    /// <summary>Processor, cores, widest registers.</summary>
    public static string Words { get; } = $"{Model()}, {Registers()}";

    /// <summary>The probe of a round, GFLOP/s and GB/s.</summary>
    public static IEnumerable<(string Name, string Unit, double Value)> Probe()
    {
        yield return (Rate, "GFLOP/s", MultiplyAddRate.Measure() / 1e9);
        yield return (Bandwidth, "GB/s", MemoryBandwidth.Measure() / 1e9);
    }

    private static string Registers() =>
        Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "128-bit registers";

    private static string Model() => File.Exists("/proc/cpuinfo")
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : "unknown processor";
}
