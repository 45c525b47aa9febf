using Xunit;

namespace Sweeper.Tests.CommandLine;

public sealed class SweepFilesTests
{
    private static readonly string Sweeps = Path.Combine(Repository.Root, "sweeps");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Sweeps, "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Sweeps, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_sweep_file_and_each_of_its_profiles_can_be_planned(string file)
    {
        var path = Path.Combine(Sweeps, file);
        Assert.Equal(0, (await InProcess.Run("plan", path)).ExitCode);
        foreach (var profile in Profiles(path))
        {
            Assert.Equal(0, (await InProcess.Run("plan", path, "--profile", profile)).ExitCode);
        }
    }

    [Fact]
    public void The_quickstart_varies_all_five_axes()
    {
        var text = File.ReadAllText(Path.Combine(Sweeps, "quickstart.yaml"));
        Assert.All(
            ["noise:", "depth:", "weight_decay:", "perturbation:", "seeds:"],
            axis => Assert.Contains(axis, text, StringComparison.Ordinal));
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
