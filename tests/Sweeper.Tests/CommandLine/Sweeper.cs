namespace Sweeper.Tests.CommandLine;

/// <summary>The program, run inside this process.</summary>
internal sealed record Sweeper(int ExitCode, string Output, string Error)
{
    public static async Task<Sweeper> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await global::Sweeper.CommandLine.RunAsync(arguments, output, error);
        return new Sweeper(exitCode, output.ToString(), error.ToString());
    }
}
