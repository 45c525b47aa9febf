using static System.IO.UnixFileMode;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>
/// Results are their owner's alone, whatever the shell's umask is; files that are asked for elsewhere have the usual modes.
/// </summary>
public sealed class FileModeTests
{
    private const UnixFileMode File600 = UserRead | UserWrite;
    private const UnixFileMode Folder700 = File600 | UserExecute;

    [Fact]
    public void Nobody_else_reads_results_and_an_output_elsewhere_follows_the_umask()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("kept.yaml"), """
            sweep: kept
            experiment: teacher-student
            fixed: { width: 6, inputs: 6, outputs: 6, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8, steps: 20 }
            seeds: 2
            measure: [ { at: [0, 20], metrics: [loss] } ]
            keep: { weights: final }
            """);
        var ended = SweeperProcess.Shell(folder.Path, """
            umask 0
            $SWEEPER run kept.yaml --workers 1 && umask 027 && $SWEEPER export kept -o curves.csv && $SWEEPER init teacher-student -o new.yaml &&
            $SWEEPER plot kept --figure loss --out drawn
            """);
        Assert.True(ended.ExitCode == 0, ended.Error);

        AssertPrivate(folder.In("results"));
        foreach (var part in (string[])["segments", "figures", "logs", "weights"])
        {
            Assert.NotEmpty(Directory.GetFiles(folder.In($"results/kept/{part}")));
        }

        foreach (var output in (string[])["curves.csv", "new.yaml", "drawn/loss.svg"])
        {
            Assert.Equal(File600 | GroupRead, ModeOf(folder.In(output)));
        }

        Assert.Equal(Folder700 | GroupRead | GroupExecute, ModeOf(folder.In("drawn")));
    }

    /// <summary>Fails on a file or folder, the given one or below it, that others than its owner may open.</summary>
    internal static void AssertPrivate(string folder)
    {
        var wrong = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder)
            .Select(path => (Path: path, Mode: ModeOf(path), Expected: Directory.Exists(path) ? Folder700 : File600))
            .Where(entry => entry.Mode != entry.Expected);
        Assert.Empty(wrong);
    }

    private static UnixFileMode ModeOf(string path) => new FileInfo(path).UnixFileMode;
}
