using System.Diagnostics;
using System.Text.Json;
using Sweeper.Results.Export;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>
/// The files as other programs read them: DuckDB (C++), hyparquet (JavaScript) and Node's own modules share no code with the writer.
/// </summary>
public class ForeignReaderTests
{
    private static readonly string Readers = Path.Combine(Repository.Root, "tools/readers");

    [Theory]
    [InlineData("curves.parquet")]
    [InlineData("trials.parquet")]
    [InlineData("summaries.parquet")]
    [InlineData("segments")]
    public void Two_independent_readers_agree_on_types_counts_and_sums(string name)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Readers, "node_modules")), "the readers are not installed: npm ci in tools/readers");
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"), trial => trial.Seed == 2 ? 20 : null);
        var file = name == "segments"
            ? Directory.GetFiles(folder.Segments).Order(StringComparer.Ordinal).First()
            : Path.Combine(folder.Path, name);

        using var read = Node("columns.mjs", file);

        Assert.Equal(Duck.Query($"SELECT count(*) FROM '{file}'")[0][0], read.RootElement.GetProperty("rows").GetInt64());
        var described = Duck.Query($"DESCRIBE FROM '{file}'").Select(row => ((string)row[0]!, (string)row[1]!)).ToList();
        var columns = read.RootElement.GetProperty("columns").EnumerateArray().ToList();
        Assert.Equal(described.Select(column => column.Item1), columns.Select(column => column.GetProperty("name").GetString()));
        foreach (var ((column, type), other) in described.Zip(columns))
        {
            Assert.Equal(type, other.GetProperty("type").GetString());
            var number = type switch
            {
                "VARCHAR" or "BOOLEAN" => $"count(DISTINCT \"{column}\")::DOUBLE",
                "DOUBLE[]" => $"sum(list_sum(\"{column}\"))",
                _ => $"sum(\"{column}\")::DOUBLE",
            };
            var expected = Duck.Query($"SELECT count(\"{column}\"), coalesce({number}, 0) FROM '{file}'")[0];
            Assert.Equal(expected[0], other.GetProperty("defined").GetInt64());
            Assert.Equal((double)expected[1]!, other.GetProperty("sum").GetDouble(), 1e-9 * Math.Max(1, Math.Abs((double)expected[1]!)));
        }
    }

    [Fact]
    public void An_npz_holds_one_typed_array_a_column()
    {
        Assert.SkipUnless(HasNode(), "node is not installed");
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        var file = temporary.In("small.npz");

        Assert.Equal(3, ResultExport.ToNpzFile(
            folder.Path,
            "SELECT * FROM (VALUES (1::BIGINT, 0.1, 'é', [1.0, 2.5], true, 7), (-5, NULL, '', [3.0], false, NULL), "
            + "(9007199254740991, -1e-300, 'abc', NULL, true, -2)) t(whole, real, word, list, flag, gap)",
            file));

        using var read = Node("npz.mjs", file);
        string Array(string name) => read.RootElement.GetProperty(name).GetRawText();
        Assert.Equal("""{"descr":"<i8","shape":[3],"values":[1,-5,9007199254740991]}""", Array("whole"));
        Assert.Equal("""{"descr":"<f8","shape":[3],"values":["0.1","NaN","-1e-300"]}""", Array("real"));
        Assert.Equal("""{"descr":"<U3","shape":[3],"values":["é","","abc"]}""", Array("word"));
        Assert.Equal("""{"descr":"<f8","shape":[3,2],"values":["1","2.5","3","NaN","NaN","NaN"]}""", Array("list"));
        Assert.Equal("""{"descr":"|b1","shape":[3],"values":[true,false,true]}""", Array("flag"));
        Assert.Equal("""{"descr":"<f8","shape":[3],"values":["7","NaN","-2"]}""", Array("gap"));
    }

    [Fact]
    public void Exported_curves_have_the_numbers_of_the_file()
    {
        using var temporary = new TemporaryFolder();
        var folder = SyntheticSweep.Run(SyntheticSweep.Plan(), temporary.In("synthetic"));
        Assert.Equal(84, ResultExport.ToCsvFile(folder.Path, "FROM curves", temporary.In("curves.csv")));
        Assert.Equal(84, ResultExport.ToNpzFile(folder.Path, "FROM curves", temporary.In("curves.npz")));
        Assert.Equal(
            Duck.Query($"SELECT count(*), sum(mean), sum(step)::BIGINT FROM '{folder.Curves}'")[0],
            Duck.Query($"SELECT count(*), sum(mean), sum(step)::BIGINT FROM read_csv('{temporary.In("curves.csv")}')")[0]);
        Assert.Empty(Directory.GetFiles(temporary.Path, "*.partial"));
    }

    private static JsonDocument Node(string script, string file)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Readers, script), file]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return JsonDocument.Parse(output);
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")));
}
