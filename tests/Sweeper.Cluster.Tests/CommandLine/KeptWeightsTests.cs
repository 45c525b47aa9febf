using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>`keep: { weights: .. }`, read by nothing but the description of the safetensors format.</summary>
public sealed class KeptWeightsTests
{
    private const string Sweep = """
        sweep: kept
        experiment: teacher-student
        fixed: { width: 5, inputs: 6, outputs: 4, depth: 2, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8,
          student: linear, teacher: linear, steps: 20 }
        grid: { dtype: [float32, float64], noise: [0, 1] }
        seeds: 2
        measure: [ { at: [0, 10, 20], metrics: [weight_norm] } ]
        """;

    [Fact]
    public void Tensors_have_the_norms_that_were_measured()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Run(folder, Sweep + "\nkeep: { weights: snapshots }").ExitCode);
        AssertComplete(folder, steps: 3);
    }

    [Fact]
    public void Weights_asked_for_later_are_trained_for_and_rows_do_not_change()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Run(folder, Sweep).ExitCode);
        var curves = File.ReadAllBytes(folder.In("results/kept/curves.parquet"));
        Assert.False(Directory.Exists(folder.In("results/kept/weights")));

        Assert.Equal(0, Run(folder, Sweep + "\nkeep: { weights: final }").ExitCode);
        AssertComplete(folder, steps: 1);
        Assert.Equal(curves, File.ReadAllBytes(folder.In("results/kept/curves.parquet")));
        Assert.Contains("nothing to do", Run(folder, Sweep + "\nkeep: { weights: final }").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("staging")]
    [InlineData("before_rename")]
    [InlineData("after_rename")]
    public void A_trial_that_is_committed_has_its_weights_wherever_the_program_died(string failpoint)
    {
        using var folder = new TemporaryFolder();
        Assert.NotEqual(0, Run(folder, Sweep + "\nkeep: { weights: final }", failpoint).ExitCode);
        Assert.Equal(0, Run(folder, Sweep + "\nkeep: { weights: final }").ExitCode);
        AssertComplete(folder, steps: 1);
        Assert.Empty(Directory.EnumerateFiles(folder.In("results/kept/staging")));
    }

    private static SweeperProcess Run(TemporaryFolder folder, string yaml, string? failpoint = null)
    {
        File.WriteAllText(folder.In("kept.yaml"), yaml);
        return SweeperProcess.Run(folder.Path, ["run", "kept.yaml"], failpoint);
    }

    /// <summary>Eight trials of two matrices at so many steps, each with the Frobenius norm of its row.</summary>
    private static void AssertComplete(TemporaryFolder folder, int steps)
    {
        var tensors = Directory.EnumerateFiles(folder.In("results/kept/weights"), "*.safetensors")
            .SelectMany(Read).ToDictionary(tensor => tensor.Name);
        Assert.Equal(8 * 2 * steps, tensors.Count);
        var rows = SweeperProcess.Run(
            folder.Path, ["query", "results/kept", "SELECT trial_id, step, component, value FROM measurements WHERE metric = 'weight_norm'",
                "--format", "csv"], null).Output;
        var seen = 0;
        foreach (var row in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Trim().Split(',')))
        {
            if (tensors.TryGetValue($"{row[0]}/{row[1]}/{row[2]}", out var tensor))
            {
                Assert.Equal(row[2] == "W1" ? [5, 6] : [4, 5], tensor.Shape);
                var norm = Math.Sqrt(tensor.Values.Sum(value => value * value));
                Assert.InRange(norm / double.Parse(row[3], CultureInfo.InvariantCulture), 1 - 1e-6, 1 + 1e-6);
                seen++;
            }
        }

        Assert.Equal(tensors.Count, seen);
    }

    private static IEnumerable<(string Name, int[] Shape, double[] Values)> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var names = JsonDocument.Parse(bytes.AsMemory(8, header));
        return
        [
            .. names.RootElement.EnumerateObject().Select(tensor =>
            {
                var offsets = tensor.Value.GetProperty("data_offsets");
                var data = bytes.AsSpan()[(8 + header + offsets[0].GetInt32())..(8 + header + offsets[1].GetInt32())];
                double[] values = tensor.Value.GetProperty("dtype").GetString() == "F32"
                    ? [.. MemoryMarshal.Cast<byte, float>(data).ToArray().Select(value => (double)value)]
                    : MemoryMarshal.Cast<byte, double>(data).ToArray();
                return (tensor.Name, tensor.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt32()).ToArray(), values);
            }),
        ];
    }
}
