namespace Sweeper.Tests.CommandLine;

/// <summary>The program, run inside this process.</summary>
internal sealed record InProcess(int ExitCode, string Output, string Error)
{
    public static async Task<InProcess> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await global::Sweeper.CommandLine.RunAsync(arguments, output, error);
        return new InProcess(exitCode, output.ToString(), error.ToString());
    }
}
