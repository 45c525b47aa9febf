using System.Text.Json;
using Xunit;

namespace Sweeper.Golden;

/// <summary>
/// Runs the topics of one test project: every case of each. The vectors are the committed ones, or those of the folder that
/// SWEEPER_GOLDEN names (same subfolders, names and schema).
/// </summary>
internal sealed class GoldenSuite(string project, params IReadOnlyList<GoldenCheck> checks)
{
    private static string Folder => Environment.GetEnvironmentVariable("SWEEPER_GOLDEN") is { Length: > 0 } named
        ? named
        : Path.Combine(AppContext.BaseDirectory, "golden");

    /// <summary>The project's topics, for a theory.</summary>
    /// <remarks>A check without a topic is among them, and fails.</remarks>
    public TheoryData<string> Topics => new(
        GoldenTopics.All.Where(topic => topic.Project == project).Select(topic => topic.Name).Union(checks.Select(check => check.Topic)));

    /// <summary>Runs every case of a topic and prints `topic, cases, worst error / tolerance`.</summary>
    public void Run(string topicName)
    {
        var topic = GoldenTopics.All.Single(topic => topic.Name == topicName && topic.Project == project);
        var check = checks.SingleOrDefault(check => check.Topic == topicName)
            ?? throw new InvalidOperationException($"no check for topic '{topicName}'");
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, topic.File)));
        var root = new GoldenNode(document.RootElement, Path.GetFileNameWithoutExtension(topic.File));
        var block = topic.Block is null ? root : root[topic.Block];
        var cases = check.CasesOf(block).ToArray();
        Assert.True(cases.Length > 0, $"topic '{topic.Name}' has no case");
        foreach (var golden in cases)
        {
            check.Run(golden);
            Assert.True(golden.Compared > 0, $"{golden.Node.Path} ({golden.Id}) compared nothing");
        }

        block.Skip("name", "split", "description", "conventions", "convention", "note", "law", "net", "topic", "part", "about");
        Assert.Empty(block.Unread());
        Print(
            $"golden {topic.Name}: {cases.Length} cases, {cases.Sum(golden => golden.Compared)} values, worst error / tolerance "
            + $"{cases.Max(golden => golden.Worst):G3}");
    }

    private static void Print(string line)
    {
        Console.WriteLine(line);
        TestContext.Current.TestOutputHelper?.WriteLine(line);
    }
}

/// <summary>How one topic is checked.</summary>
/// <param name="Topic">Its name in <see cref="GoldenTopics"/>.</param>
/// <param name="Run">Computes one case and compares; must read every field of it.</param>
internal sealed record GoldenCheck(string Topic, Action<GoldenCase> Run)
{
    /// <summary>The cases of a topic; by default the elements of its field `cases`.</summary>
    public Func<GoldenNode, IEnumerable<GoldenCase>> CasesOf { get; init; } = All;

    /// <summary>The cases whose `inputs` are of these kinds; those of others are another project's.</summary>
    public static Func<GoldenNode, IEnumerable<GoldenCase>> OfKinds(params string[] kinds) => block => All(block).Where(golden =>
    {
        var isOurs = kinds.Contains(golden.Node["inputs"]["kind"].Text());
        if (!isOurs)
        {
            golden.Node.Skip("inputs", "expected", "tolerance");
        }

        return isOurs;
    });

    private static IEnumerable<GoldenCase> All(GoldenNode block) =>
        block["cases"].Items
            .Select((node, index) => new GoldenCase((node.Find("id") ?? node.Find("name"))?.Text() ?? $"{index}", node, block));
}
