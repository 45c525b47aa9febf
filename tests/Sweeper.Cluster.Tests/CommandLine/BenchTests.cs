using System.Text.Json;

namespace Sweeper.Cluster.Tests.CommandLine;

public sealed class BenchTests
{
    [Fact]
    public void What_a_machine_does_is_told_in_numbers_that_fit_together()
    {
        using var folder = new TemporaryFolder();
        var answer = SweeperProcess.Run(folder.Path, ["bench", "--json"]);
        Assert.Equal(("", 0), (answer.Error, answer.ExitCode));
        var told = JsonDocument.Parse(answer.Output).RootElement;
        Assert.All(
            (string[])["workers", "operations_per_second", "bytes_per_second", "snapshot_examples_per_second", "quickstart_seconds"],
            name => Assert.True(told.GetProperty(name).GetDouble() > 0, name));
        var student = told.GetProperty("trained").EnumerateArray()
            .Single(shape => shape.GetProperty("shape").GetString() == "students of 4 x 12 units, 256 examples");
        const int OperationsOfAStep = 2 * 256 * 144 * 11;
        Assert.Equal(OperationsOfAStep,
            student.GetProperty("operations_per_second").GetDouble() / student.GetProperty("lane_steps_per_second").GetDouble(), 1e-6);
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused()
    {
        using var folder = new TemporaryFolder();
        var answer = SweeperProcess.Run(folder.Path, ["bench", "--device", "cuda:99"]);
        Assert.Equal(5, answer.ExitCode);
        Assert.Contains("there is no device 'cuda:99' here", answer.Error, StringComparison.Ordinal);
    }
}
