using System.Diagnostics;

namespace Sweeper.Bench.Peers;

/// <summary>The Python that runs the peers, with PyTorch.</summary>
internal static class Python
{
    private static readonly string[] Packages = ["python3-torch", "libopenblas0-pthread"];

    /// <summary>SWEEPER_BENCH_PYTHON, or the system's, for which Debian has PyTorch.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("SWEEPER_BENCH_PYTHON") is { Length: > 0 } chosen
        ? chosen
        : "/usr/bin/python3";

    /// <summary>Where the scripts lie.</summary>
    public static string Scripts { get; } = Path.Combine(Checkout.Root, "tools", "bench", "peers");

    /// <summary>Installs Debian's PyTorch and OpenBLAS where this Python has none; whether it has it then.</summary>
    public static bool Ensure() =>
        HasTorch() || (Succeeds("apt-get", ["install", "-y", "--no-install-recommends", .. Packages]) && HasTorch());

    private static bool HasTorch() => Succeeds(Program, ["-c", "import torch"]);

    private static bool Succeeds(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
