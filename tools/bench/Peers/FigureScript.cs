using System.Diagnostics;
using System.Text.Json;

namespace Sweeper.Bench.Peers;

/// <summary>The PyTorch script behind a figure, run once: a tenth of the steps and measurements of every network.</summary>
/// <param name="About">What it computes with.</param>
/// <param name="Seconds">Extrapolated to all steps, without the start of the process.</param>
/// <param name="Losses">Relative training losses after a tenth of the steps, by file and lane.</param>
internal sealed record FigureScript(PeerAbout About, double Seconds, double[][] Losses)
{
    /// <summary>Runs it on the packs in some files.</summary>
    public static FigureScript Run(IEnumerable<string> files)
    {
        var start = new ProcessStartInfo(
            Python.Program, [Path.Combine(Python.Scripts, "figure.py"), "1", .. files]) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine();
        process.WaitForExit();
        return line is null ? throw new InvalidOperationException("figure.py ended without an answer; what it wrote stands above")
            : JsonSerializer.Deserialize<FigureScript>(line, JsonSerializerOptions.Web)!;
    }
}
