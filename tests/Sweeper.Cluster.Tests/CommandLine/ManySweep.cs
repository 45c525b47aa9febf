using System.Security.Cryptography;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>A sweep of a dozen small packs, for tests with many processes.</summary>
internal static class ManySweep
{
    /// <summary>Its file, in the current folder of the processes.</summary>
    public const string File = "many.yaml";

    /// <summary>What it says.</summary>
    public const string Text = """
        experiment: teacher-student
        fixed: { width: 6, inputs: 6, outputs: 6, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8, learning_rate: 1e-2,
          student: linear, teacher: linear, steps: 3000 }
        sweep: many
        grid: { noise: { linspace: [0, 1, 12] } }
        seeds: 2
        lanes: 2
        measure: [ { at: { log: 5 }, metrics: [loss] } ]
        """;

    private static readonly Lazy<string> Quiet = new(() =>
    {
        using var folder = NewFolder();
        Assert.Equal(0, SweeperProcess.Run(folder.Path, ["run", File]).ExitCode);
        return CurvesHash(folder);
    });

    /// <summary>Hash of its curves when nothing happens.</summary>
    public static string QuietHash => Quiet.Value;

    /// <summary>A folder with its file.</summary>
    public static TemporaryFolder NewFolder()
    {
        var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(Path.Combine(folder.Path, File), Text);
        return folder;
    }

    /// <summary>What its journal says so far.</summary>
    public static string Journal(TemporaryFolder folder) =>
        Path.Combine(folder.Path, "results/many/journal.jsonl") is var path && System.IO.File.Exists(path)
            ? System.IO.File.ReadAllText(path) : "";

    /// <summary>Hash of its curves.</summary>
    public static string CurvesHash(TemporaryFolder folder) =>
        Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(Path.Combine(folder.Path, "results/many/curves.parquet"))));

    /// <summary>Waits until something of it is safe, and most is not.</summary>
    public static void AwaitFirstCommit(TemporaryFolder folder) =>
        BackgroundProcess.Await(() => Journal(folder).Contains("\"committed\"", StringComparison.Ordinal), "nothing was committed");
}
