using BenchmarkDotNet.Attributes;
using Sweeper.Training.Probes;

namespace Sweeper.Bench.Kernels;

/// <summary>The probes themselves: how steady they are.</summary>
public class ProbeKernels
{
    /// <summary>How long a probe takes.</summary>
    [Params(0.05)]
    public double Seconds { get; set; }

    /// <summary>Operations a second.</summary>
    [Benchmark]
    public double MultiplyAdds() => MultiplyAddRate.Measure(Seconds);

    /// <summary>Bytes a second.</summary>
    [Benchmark]
    public double Bandwidth() => MemoryBandwidth.Measure(Seconds);
}
