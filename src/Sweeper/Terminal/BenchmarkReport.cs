using System.Globalization;
using Sweeper.Benchmarks;

namespace Sweeper.Terminal;

/// <summary>What a machine does, as text.</summary>
internal static class BenchmarkReport
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, MachineBenchmark machine)
    {
        TextTable.Write(output, ["what", "measured"],
        [
            ["a worker", machine.Numerics],
            ["workers", Text($"{machine.Workers}")],
            ["a core multiplies and adds", Text($"{machine.OperationsPerSecond / 1e9:0} GFLOP/s, float32 in its registers")],
            ["a core reads", Text($"{machine.BytesPerSecond / 1e9:0.#} GB/s from memory")],
        ]);
        output.WriteLine();
        TextTable.Write(output, ["a worker trains", "steps of a network a second", "us each", "GFLOP/s", "of a core's, %"],
            machine.Trained.Select(shape => new[]
        {
            shape.Shape, Text($"{shape.LaneStepsPerSecond:0}"), Text($"{1e6 / shape.LaneStepsPerSecond:G3}"),
            Text($"{shape.OperationsPerSecond / 1e9:0.#}"), Text($"{100 * shape.OperationsPerSecond / machine.OperationsPerSecond:0}"),
        }));
        output.WriteLine();
        output.WriteLine(
            Text($"modes and alignments of a student of 4 x 12 units at {machine.SnapshotExamplesPerSecond:#,0} examples a second, ")
            + Text($"{1e6 / machine.SnapshotExamplesPerSecond:G3} us each"));
        output.WriteLine(
            $"sweeps/quickstart.yaml would train for about {Quantity.Duration(TimeSpan.FromSeconds(machine.QuickstartSeconds))} with "
            + $"{Quantity.Count(machine.Workers, "worker")}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
