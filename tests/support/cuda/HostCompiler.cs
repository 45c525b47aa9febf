using System.Diagnostics;

namespace Sweeper.Support;

/// <summary>A C++ compiler of this machine, where it has one: it makes programs for the processor of what a GPU would run.</summary>
internal static class HostCompiler
{
    private static readonly string? Found = ((string[])["g++", "clang++", "clang++-19"]).FirstOrDefault(Exists);

    /// <summary>Whether there is one.</summary>
    public static bool IsThere => Found is not null;

    /// <summary>Why tests that need one are skipped.</summary>
    public const string Missing = "there is no C++ compiler here (g++ or clang++)";

    /// <summary>Compiles a text to a library that can be loaded.</summary>
    /// <param name="source">C++17.</param>
    /// <param name="library">Where the library is written.</param>
    public static void Compile(string source, string library)
    {
        var text = library + ".cpp";
        File.WriteAllText(text, source);
        var (exitCode, output) = Run("sh", "-c", Command($"'{text}'", $"'{library}'"));
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{text}: {output}");
        }
    }

    /// <summary>The command that does it.</summary>
    public static string Command(string source, string library) =>
        $"{Found ?? throw new InvalidOperationException(Missing)} -std=c++17 -O1 -ffp-contract=off -fPIC -shared -w {source} -o {library}";

    /// <summary>What a program says, and how it ends.</summary>
    public static (int ExitCode, string Output) Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>Whether a program is there.</summary>
    public static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
