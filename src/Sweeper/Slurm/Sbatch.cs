using System.ComponentModel;
using System.Diagnostics;
using Sweeper.Core.Errors;

namespace Sweeper.Slurm;

/// <summary>SLURM's own program for handing in a job.</summary>
internal static class Sbatch
{
    /// <summary>
    /// Hands a script in; returns the job's number. Throws <see cref="SweepException"/> (preflight) where SLURM is not here or refuses it.
    /// </summary>
    public static string Submit(string script)
    {
        var (exitCode, output, error) = Run(script);
        return exitCode == 0 ? output.Trim().Split(';')[0] : throw new SweepException(
            ExitCode.Preflight, $"sbatch refused the job: {error.Trim().ReplaceLineEnds()}",
            "Without --submit the script is printed, so that it can be looked at and changed; --sbatch adds what your site asks for.");
    }

    private static (int ExitCode, string Output, string Error) Run(string script)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("sbatch", ["--parsable"])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(script);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
        catch (Win32Exception fault)
        {
            throw new SweepException(
                ExitCode.Preflight, "there is no sbatch here",
                "Call it on a machine from which SLURM jobs are submitted, or leave --submit out: the script is printed.", inner: fault);
        }
    }

    private static string ReplaceLineEnds(this string text) => text.ReplaceLineEndings(" ");
}
