using System.Diagnostics;
using Xunit;

namespace Sweeper.Tests.Slurm;

/// <summary>Scripts, read by the shell that will read them.</summary>
internal static class Bash
{
    /// <summary>What a script says; it has to end with 0.</summary>
    public static string Run(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [.. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result + output.Result);
        return output.Result;
    }
}
