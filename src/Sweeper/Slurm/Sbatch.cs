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
    /// <param name="script">The script.</param>
    /// <param name="program">SLURM's program.</param>
    public static string Submit(string script, string program = "sbatch")
    {
        var (exitCode, output, error) = Run(program, script);
        var number = output.Trim().Split(';')[0];
        var said = error.Trim().ReplaceLineEnds();
        return exitCode == 0 && number.Length > 0 ? number : throw new SweepException(
            ExitCode.Preflight,
            $"sbatch refused the job: {(said.Length > 0 ? said : $"it ended with {exitCode} and said nothing")}",
            "Without --submit the script is printed, so that it can be looked at and changed; --sbatch adds what your site asks for.");
    }

    private static (int ExitCode, string Output, string Error) Run(string program, string script)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--parsable"])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            Hand(script, process.StandardInput);
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

    /// <summary>One that ends before it has read all says why by itself.</summary>
    private static void Hand(string script, StreamWriter input)
    {
        try
        {
            input.Write(script);
            input.Close();
        }
        catch (IOException)
        {
        }
    }

    private static string ReplaceLineEnds(this string text) => text.ReplaceLineEndings(" ");
}
