using System.Collections.Concurrent;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>Folders in which `sweeper run sweep.yaml` has ended well. Each file is run once; every test gets a copy of its own.</summary>
internal static class FinishedSweep
{
    private static readonly ConcurrentDictionary<string, Lazy<Dictionary<string, byte[]>>> Runs = [];

    /// <summary>A folder with this text as `sweep.yaml`, and with its results.</summary>
    public static TemporaryFolder Of(string text)
    {
        var folder = new TemporaryFolder();
        CopyInto(folder, text);
        return folder;
    }

    /// <summary>The same in a folder that is there.</summary>
    public static void CopyInto(TemporaryFolder folder, string text) =>
        FolderCopy.Write(Runs.GetOrAdd(text, _ => new(() => Run(text))).Value, folder.Path);

    private static Dictionary<string, byte[]> Run(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), text);
        var run = SweeperProcess.Run(folder.Path, ["run", "sweep.yaml"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return FolderCopy.Read(folder.Path);
    }
}
