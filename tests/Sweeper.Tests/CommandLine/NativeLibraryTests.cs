namespace Sweeper.Tests.CommandLine;

public sealed class NativeLibraryTests
{
    [Fact]
    public async Task PlanStatusAndQueryMapNoNativeTorchLibrary()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc/self/maps");
        var sweep = Path.Combine(Checkout.Root, "sweeps/quickstart.yaml");
        using var folder = new TemporaryFolder();

        Assert.Equal(0, (await Sweeper.Run("plan", sweep)).ExitCode);
        Assert.Equal(0, (await Sweeper.Run("experiments", "teacher-student")).ExitCode);
        // There is no such folder; what counts is what was loaded to find that out.
        Assert.Equal(2, (await Sweeper.Run("status", folder["nothing"])).ExitCode);
        Assert.Equal(2, (await Sweeper.Run("query", folder["nothing"], "SELECT 1")).ExitCode);

        Assert.DoesNotContain("torch", await File.ReadAllTextAsync("/proc/self/maps", TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }
}
