using System.Diagnostics;
using System.Text.Json;
using Sweeper.Simulation.Pressure;
using Sweeper.Simulation.Scale;

namespace Sweeper.Simulation;

/// <summary>Writes docs/scale.md: every case is measured in a process of its own, so that none profits from another's warmth or pays for its memory.</summary>
internal static class Page
{
    private static readonly (long Trials, int Workers, int Lanes)[] Sizes =
    [
        .. from trials in (long[])[1_000, 10_000, 100_000, 1_000_000]
           from workers in (int[])[1, 10, 100, 1_000]
           select (trials, workers, ScaleCase.UsualLanes),
        (10_000, 10, 1), (10_000, 1_000, 1),
    ];

    private static readonly (long Rows, int Runners, double Delay)[] Streams = [(24_576_000, 1, 0), (49_152_000, 2, 0), (2_048_000, 1, 20)];

    /// <summary>Measures and writes.</summary>
    /// <param name="path">The page.</param>
    /// <param name="largest">Trials beyond which no case is measured.</param>
    public static int Write(string path, long largest)
    {
        var sizes = Sizes.Where(size => size.Trials <= largest)
            .Select(size => Measure<ScaleResult>("--trials", $"{size.Trials}", "--workers", $"{size.Workers}", "--lanes", $"{size.Lanes}")).ToList();
        var streams = Streams.Select(stream => Measure<PressureResult>("pressure", "--rows", $"{stream.Rows}", "--runners", $"{stream.Runners}", "--delay", FormattableString.Invariant($"{stream.Delay}"))).ToList();
        File.WriteAllText(path, PageText.Of(Output("git", "rev-parse", "--short", "HEAD").Trim(), ScaleTable.Of(sizes), PressureTable.Of(streams)));
        return 0;
    }

    private static T Measure<T>(params string[] arguments)
    {
        var line = Output("dotnet", [typeof(Page).Assembly.Location, .. arguments, "--json"]);
        Console.Error.Write(line);
        return JsonSerializer.Deserialize<T>(line)!;
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
