namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>Processes that lose and double what they say to each other.</summary>
public sealed class LostMessagesTests
{
    private const int Terminate = 15;

    [Fact]
    public void Where_every_process_loses_and_doubles_messages_the_sweep_ends_and_the_curves_are_the_same_bytes()
    {
        using var folder = ManySweep.NewFolder();
        using var coordinator = new BackgroundProcess(folder.Path, Faults(1), "coordinator");
        coordinator.AwaitOutput("coordinator at");
        using var one = new BackgroundProcess(folder.Path, Faults(2), "worker", "--name", "one");
        using var two = new BackgroundProcess(folder.Path, Faults(3), "worker", "--name", "two");
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["submit", ManySweep.File]).ExitCode);

        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
        foreach (var process in (BackgroundProcess[])[one, two, coordinator])
        {
            process.Signal(Terminate);
            Assert.Equal(75, process.AwaitExit());
        }

        var said = string.Concat(Directory.EnumerateFiles(Path.Combine(folder.Path, "results/logs")).Select(File.ReadAllText));
        Assert.Contains("\"Fate\":\"lost\"", said, StringComparison.Ordinal);
        Assert.Contains("\"Fate\":\"doubled\"", said, StringComparison.Ordinal);
    }

    private static (string, string)[] Faults(int seed) => [("SWEEPER_MESSAGE_FAULTS", $"loss=0.05,duplicate=0.05,seed={seed}")];
}
