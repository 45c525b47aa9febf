using System.Diagnostics;
using System.Text.Json;
using Sweeper.Simulation.Pressure;
using Sweeper.Simulation.Scale;

namespace Sweeper.Simulation;

/// <summary>
/// Writes docs/measured/scale.md: every case is measured in a process of its own, so that none profits from another's warmth or pays for
/// its memory.
/// </summary>
internal static class Page
{
    private static readonly (long Trials, int Workers, int Lanes)[] Sizes =
    [
        .. from trials in (long[])[1_000, 10_000, 100_000, 1_000_000]
           from workers in (int[])[1, 10, 100, 1_000]
           select (trials, workers, ScaleCase.UsualLanes),
        (10_000, 10, 1), (10_000, 1_000, 1),
    ];

    private static readonly PressureCase[] Streams =
    [
        new(49_152_000, 1, 0, OnOneCore: true), new(49_152_000, 1, 0, OnOneCore: false), new(49_152_000, 2, 0, OnOneCore: false),
        new(6_144_000, 1, 10, OnOneCore: false),
    ];

    /// <summary>Measures and writes.</summary>
    /// <param name="largest">Trials beyond which no case is measured.</param>
    public static int Write(long largest)
    {
        var sizes = Sizes.Where(size => size.Trials <= largest)
            .Select(size => Measure<ScaleResult>(
                "--trials", $"{size.Trials}", "--workers", $"{size.Workers}", "--lanes", $"{size.Lanes}")).ToList();
        var streams = Streams.Select(stream => Measure<PressureResult>(
            [
                "pressure", "--rows", $"{stream.Rows}", "--runners", $"{stream.Runners}", "--delay",
                FormattableString.Invariant($"{stream.DelayMilliseconds}"), .. stream.OnOneCore ? ["--one-core"] : (string[])[],
            ])).ToList();
        File.WriteAllText(Path.Combine(Checkout.Root, "docs", "measured", "scale.md"), PageText.Of(Checkout.Commit(), sizes, streams));
        return 0;
    }

    private static T Measure<T>(params string[] arguments)
    {
        var line = Output("dotnet", [typeof(Page).Assembly.Location, .. arguments, "--json"]);
        Console.Error.Write(line);
        return JsonSerializer.Deserialize<T>(line)!;
    }

    /// <summary>What a program writes; it must succeed.</summary>
    public static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
