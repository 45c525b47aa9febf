using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Sweeper.Bench.Peers;

/// <summary>A peer: a Python process that does the same work once for every line that it reads, and is idle in between.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    private Peer(string name, Process process, PeerAbout about)
    {
        Name = name;
        this.process = process;
        About = about;
    }

    /// <summary>The script.</summary>
    public string Name { get; }

    /// <summary>What it computes with.</summary>
    public PeerAbout About { get; }

    /// <summary>Starts a script on some work; it has loaded everything when this returns.</summary>
    /// <param name="name">The script, without its ending.</param>
    /// <param name="work">What it reads.</param>
    /// <param name="threads">Threads of an operation.</param>
    public static Peer Start(string name, string work, int threads)
    {
        var count = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Python.Program, [Path.Combine(Python.Scripts, $"{name}.py"), work, count])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = count;
        start.Environment["OPENBLAS_NUM_THREADS"] = count;
        var process = Process.Start(start)!;
        return new Peer(name, process, Read<PeerAbout>(process, name));
    }

    /// <summary>Does the work once.</summary>
    public PeerRound Round(int number)
    {
        process.StandardInput.WriteLine(number.ToString(CultureInfo.InvariantCulture));
        process.StandardInput.Flush();
        return Read<PeerRound>(process, Name);
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static T Read<T>(Process process, string name) => process.StandardOutput.ReadLine() is { } line
        ? JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web)!
        : throw new InvalidOperationException($"the peer {name} ended without an answer; what it wrote stands above");
}

/// <summary>What a peer computes with.</summary>
/// <param name="Torch">Version of PyTorch.</param>
/// <param name="Blas">Library that multiplies matrices: `reference` where it is the slow one.</param>
/// <param name="Threads">Threads of an operation.</param>
/// <param name="Kernels">Instructions of PyTorch's own kernels.</param>
internal sealed record PeerAbout(string Torch, string Blas, int Threads, string Kernels)
{
    /// <summary>In words.</summary>
    public string Words => $"PyTorch {Torch} ({Kernels}), BLAS {Blas}";
}

/// <summary>One round of a peer.</summary>
/// <param name="Seconds">What it took, of one lane.</param>
/// <param name="Lanes">Which lanes were trained.</param>
/// <param name="Losses">Their final training losses.</param>
internal sealed record PeerRound(double Seconds, int[] Lanes, double[] Losses);
