using System.Text.RegularExpressions;
using Xunit;

namespace Sweeper.Tests.Architecture;

public sealed partial class SourceTests
{
    private const long LargestFile = 14 * 1024;
    private const int WidestLine = 140;

    public static TheoryData<string> Folders => ["src", "tests", "tools"];

    [Theory, MemberData(nameof(Folders))]
    public void No_source_file_is_too_long_to_read_at_a_sitting(string folder)
    {
        var tooLong = Repository.Files(folder, "*.cs")
            .Where(path => new FileInfo(Path.Combine(Repository.Root, path)).Length > LargestFile);
        Assert.Equal("", string.Join(' ', tooLong));
    }

    /// <summary>As .editorconfig says. Lines of raw strings are as wide as those of the texts that they are.</summary>
    [Theory, MemberData(nameof(Folders))]
    public void No_line_of_code_is_too_wide_to_read(string folder) =>
        Assert.Equal("", string.Join(' ', Repository.Files(folder, "*.cs").SelectMany(WideLines)));

    [Fact]
    public void The_median_source_file_is_small()
    {
        var sizes = Repository.Files("src", "*.cs")
            .Select(path => new FileInfo(Path.Combine(Repository.Root, path)).Length).Order().ToArray();
        Assert.InRange(sizes[sizes.Length / 2], 1, 6_000);
    }

    [Fact]
    public void A_files_namespace_is_its_folder_and_its_name_a_type_in_it()
    {
        foreach (var path in Repository.Files("src", "*.cs")
            .Where(path => Path.GetFileName(path) is not ("Program.cs" or "Protocol.cs" or "AssemblyInfo.cs")))
        {
            var text = File.ReadAllText(Path.Combine(Repository.Root, path));
            var folders = Path.GetDirectoryName(path)!.Split(Path.DirectorySeparatorChar).Skip(1);
            Assert.Contains($"namespace {string.Join('.', folders)};", text, StringComparison.Ordinal);
            var name = Regex.Escape(Path.GetFileNameWithoutExtension(path));
            Assert.True(
                Regex.IsMatch(text, $@"\b(class|record|struct|interface|enum)\s+(class\s+|struct\s+)?{name}\b"),
                $"{path} declares no type of its name");
        }
    }

    [Fact]
    public void Every_folder_of_the_source_is_in_the_map_and_no_other()
    {
        var map = File.ReadAllText(Path.Combine(Repository.Root, "docs/architecture.md")).Split("## Folders")[1].Split("```")[1];
        var listed = map.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]);
        var folders = Repository.Files("src", "*.cs")
            .Select(path => Path.GetDirectoryName(path)![4..].Replace("Sweeper.", "", StringComparison.Ordinal))
            .Where(folder => folder == "Theory" || folder.Contains('/', StringComparison.Ordinal)).Distinct();
        Assert.Equal(folders.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Folders))]
    public void Nothing_is_left_for_later(string folder)
    {
        foreach (var path in Repository.Files(folder, "*.cs").Where(path => !path.EndsWith("SourceTests.cs", StringComparison.Ordinal)))
        {
            Assert.DoesNotMatch(LeftForLater(), File.ReadAllText(Path.Combine(Repository.Root, path)));
        }
    }

    /// <summary>Every number comes from <see cref="Core.Randomness.CounterRandom"/>.</summary>
    [Fact]
    public void No_other_source_of_randomness_is_used()
    {
        foreach (var path in Repository.Files(Path.Combine("src", "Sweeper.Training"), "*.cs")
            .Concat(Repository.Files(Path.Combine("src", "Sweeper.Core"), "*.cs")))
        {
            Assert.DoesNotMatch(ForeignRandomness(), File.ReadAllText(Path.Combine(Repository.Root, path)));
        }
    }

    private static IEnumerable<string> WideLines(string path)
    {
        var isText = false;
        foreach (var (index, line) in File.ReadLines(Path.Combine(Repository.Root, path)).Index())
        {
            var isCode = !isText || line.TrimStart().StartsWith("\"\"\"", StringComparison.Ordinal);
            if (isCode && line.Length > WidestLine)
            {
                yield return $"{path}:{index + 1}";
            }

            var isOdd = Quotes().Count(line) % 2 == 1;
            isText = isText ? !isCode || !isOdd : isOdd && line.EndsWith("\"\"\"", StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"new Random\(|Random\.Shared|manual_seed|torch\.rand|randn|\bbernoulli|normal_\(|uniform_\(")]
    private static partial Regex ForeignRandomness();
}
