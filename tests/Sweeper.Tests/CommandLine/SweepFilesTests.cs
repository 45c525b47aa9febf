namespace Sweeper.Tests.CommandLine;

public sealed class SweepFilesTests
{
    private static readonly string Sweeps = Path.Combine(Checkout.Root, "sweeps");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Sweeps, "*.yaml", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Sweeps, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task EverySweepFileAndEachOfItsProfilesCanBePlanned(string file)
    {
        var path = Path.Combine(Sweeps, file);
        Assert.Equal(0, (await Sweeper.Run("plan", path)).ExitCode);
        foreach (var profile in Profiles(path))
        {
            Assert.Equal(0, (await Sweeper.Run("plan", path, "--profile", profile)).ExitCode);
        }
    }

    [Fact]
    public void TheQuickstartVariesAllFiveAxes()
    {
        var text = File.ReadAllText(Path.Combine(Sweeps, "quickstart.yaml"));
        Assert.All(["noise:", "depth:", "weight_decay:", "perturbation:", "seeds:"], axis => Assert.Contains(axis, text, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Profiles(string path)
    {
        var inside = false;
        foreach (var line in File.ReadLines(path))
        {
            if (!line.StartsWith(' '))
            {
                inside = line.StartsWith("profiles:", StringComparison.Ordinal);
            }
            else if (inside && line.StartsWith("  ", StringComparison.Ordinal) && !line.StartsWith("   ", StringComparison.Ordinal))
            {
                yield return line.Split(':')[0].Trim();
            }
        }
    }
}
