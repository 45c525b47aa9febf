namespace Sweeper.Cluster.Tests.CommandLine;

public sealed class NativeLibraryTests
{
    private static readonly string[] Torch = ["libtorch", "libc10", "libLibTorchSharp"];

    /// <summary>glibc's loader tells of every library that is loaded, also of those that a program asks for while it runs.</summary>
    private static string Loaded(TemporaryFolder folder, int exitCode, string arguments)
    {
        Directory.CreateDirectory(folder.In("loader"));
        var process = SweeperProcess.Shell(folder.Path, $"LD_DEBUG=files LD_DEBUG_OUTPUT={folder.In("loader/log")} $SWEEPER {arguments}");
        Assert.True(process.ExitCode == exitCode, process.Output + process.Error);
        var told = string.Concat(Directory.GetFiles(folder.In("loader")).Select(File.ReadAllText));
        Directory.Delete(folder.In("loader"), recursive: true);
        return told;
    }

    [Fact]
    public void Plan_experiments_status_and_query_load_no_native_torch_library()
    {
        using var folder = new TemporaryFolder();
        var sweep = Path.Combine(Repository.Root, "sweeps/quickstart.yaml");

        // There is no folder `nothing`; what counts is what is loaded to find that out.
        foreach (var (exitCode, arguments) in ((int, string)[])
            [(0, $"plan {sweep}"), (0, "experiments teacher-student"), (2, "status nothing"), (2, "query nothing 'SELECT 1'")])
        {
            var loaded = Loaded(folder, exitCode, arguments);
            Assert.Contains("libcoreclr", loaded, StringComparison.Ordinal);
            Assert.All(Torch, library => Assert.DoesNotContain(library, loaded, StringComparison.OrdinalIgnoreCase));
        }

        var trains = Loaded(folder, 0, "run --limit 1 --profile quick " + sweep);
        Assert.All(Torch, library => Assert.Contains(library, trains, StringComparison.OrdinalIgnoreCase));
    }
}
