using Xunit;

namespace Sweeper.Tests.CommandLine;

public sealed class NativeLibraryTests
{
    [Fact]
    public async Task Plan_status_and_query_map_no_native_torch_library()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc/self/maps");
        var sweep = Path.Combine(Repository.Root, "sweeps/quickstart.yaml");
        using var folder = new TemporaryFolder();

        Assert.Equal(0, (await InProcess.Run("plan", sweep)).ExitCode);
        Assert.Equal(0, (await InProcess.Run("experiments", "teacher-student")).ExitCode);
        // There is no such folder; what counts is what was loaded to find that out.
        Assert.Equal(2, (await InProcess.Run("status", folder.In("nothing"))).ExitCode);
        Assert.Equal(2, (await InProcess.Run("query", folder.In("nothing"), "SELECT 1")).ExitCode);

        var mapped = await File.ReadAllTextAsync("/proc/self/maps", TestContext.Current.CancellationToken);
        Assert.All(["libtorch", "libc10", "libLibTorchSharp"], library => Assert.DoesNotContain(library, mapped, StringComparison.OrdinalIgnoreCase));
    }
}
