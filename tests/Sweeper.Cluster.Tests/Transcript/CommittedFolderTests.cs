using Sweeper.Results.Query;

namespace Sweeper.Cluster.Tests.Transcript;

public sealed class CommittedFolderTests
{
    private const string Curves =
        "SELECT curve_id, step, metric, split, component, index, n, n_diverged, mean FROM curves WHERE source = 'run' ORDER BY ALL";

    [Theory]
    [InlineData("status results/colleague")]
    [InlineData("summary results/colleague")]
    [InlineData("failures results/colleague")]
    [InlineData("logs results/colleague")]
    [InlineData("prune results/colleague --dry-run")]
    [InlineData("plot results/colleague --figure loss --out results/../drawn")]
    [InlineData("query results/colleague 'SELECT count(*) FROM trials'")]
    public async Task Looking_changes_no_byte(string command)
    {
        using var folder = new CommittedFolder();
        var before = Hashes(folder);
        Assert.NotEmpty(await folder.Read(command));
        Assert.Equal(before, Hashes(folder));
    }

    private static List<string> Hashes(CommittedFolder folder) =>
    [
        .. Directory.EnumerateFiles(folder.In("results"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}"),
    ];

    [Fact]
    public void A_folder_of_format_1_is_finished_and_has_the_curves_of_a_new_one()
    {
        using var folder = new CommittedFolder();
        Assert.DoesNotContain("exit code", folder.Train("retry results/colleague --all"), StringComparison.Ordinal);
        Assert.DoesNotContain("exit code", folder.Train("run results/colleague/sweep.yaml --results new"), StringComparison.Ordinal);

        var finished = ResultQuery.Run(folder.In("results/colleague"), Curves).Rows;
        var fresh = ResultQuery.Run(folder.In("new/colleague"), Curves).Rows;

        Assert.Equal(fresh.Select(row => string.Join(' ', row[..^1])), finished.Select(row => string.Join(' ', row[..^1])));
        Assert.Contains(finished, row => (int)row[6]! == 4);
        Assert.All(fresh.Zip(finished), pair =>
        {
            // Stored before the choice of kernels was fixed: equal up to that choice.
            var (expected, actual) = ((double?)pair.First[^1], (double?)pair.Second[^1]);
            Assert.Equal(expected is null, actual is null);
            Assert.True(
                expected is null || Math.Abs(expected.Value - actual!.Value) <= 1e-4 * Math.Abs(expected.Value),
                $"{string.Join(' ', pair.First)}: {actual}");
        });
    }
}
