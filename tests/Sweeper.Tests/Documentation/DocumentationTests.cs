using System.Text.Json;
using System.Text.RegularExpressions;
using Sweeper.Composition;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Writing;
using Sweeper.Tests.CommandLine;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Sweeper.Tests.Documentation;

/// <summary>
/// What the documentation shows is true: every `yaml` block is a sweep that can be planned (a part of one is marked `yaml
/// fragment`), every `sweeper` line is a command line, every link leads somewhere.
/// </summary>
public sealed partial class DocumentationTests
{
    /// <summary>What is typed and is not `sweeper`.</summary>
    private static readonly string[] OtherPrograms =
    [
        "dotnet run -c Release --project src/Sweeper -- ",
        "dotnet test --solution Sweeper.sln -c Release",
        "dotnet test --project tests/Sweeper.Tests -c Release --filter-class ",
        "dotnet run -c Release --project tools/bench",
        "dotnet run -c Release --project tools/chaos",
        "dotnet run -c Release --project tools/simulation",
        "dotnet publish src/Sweeper -c Release",
        "dotnet build ",
        "alias sweeper=",
        "pip install ",
        "sbatch ",
        "srun ",
        "scancel ",
        "docker build ",
        "docker push ",
        "kubectl ",
    ];

    public static TheoryData<string> Files => [.. Markdown.Files];

    [Theory, MemberData(nameof(Files))]
    public async Task Every_sweep_in_the_documentation_can_be_planned(string file)
    {
        using var folder = new TemporaryFolder();
        foreach (var block in Markdown.Blocks(file).Where(block => block.Info.Split(' ')[0] == "yaml"))
        {
            if (block.Info == "yaml fragment")
            {
                new YamlStream().Load(new StringReader(block.Text));
                continue;
            }

            await File.WriteAllTextAsync(folder.In("sweep.yaml"), block.Text, TestContext.Current.CancellationToken);
            var planned = await InProcess.Run("plan", folder.In("sweep.yaml"), "--results", folder.In("results"));
            Assert.True(planned.ExitCode == 0, $"{block.Place}: {planned.Error}");
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_typed_line_is_a_command_line(string file)
    {
        foreach (var block in Markdown.Blocks(file))
        {
            foreach (var line in block.Typed)
            {
                if (line.StartsWith("sweeper", StringComparison.Ordinal))
                {
                    var errors = global::Sweeper.CommandLine.Parse(ShellWords.Of(line)[1..]).Errors;
                    Assert.True(errors.Count == 0, $"{block.Place}: {line}: {string.Join(' ', errors)}");
                }
                else if (block.Info.Length > 0 || line.StartsWith("dotnet ", StringComparison.Ordinal))
                {
                    Assert.True(
                        OtherPrograms.Any(known => line.StartsWith(known, StringComparison.Ordinal)),
                        $"{block.Place}: {line}: is it true?");
                }
            }
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_link_leads_to_a_file(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        foreach (var target in Link().Matches(text)
            .Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal)))
        {
            Assert.True(Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, target)), $"{file}: there is no {target}");
        }
    }

    [Fact]
    public void Every_key_of_sweep_files_has_its_row_and_a_schema()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/sweep-file.md"));
        var rows = SweepKeys.All.Select(key => $"| `{key.Name}` | {key.Value} |{(key.Silent.Length == 0 ? "" : " " + key.Silent)} |\n");
        Assert.Contains($"|---|---|---|\n{string.Concat(rows)}\n", page, StringComparison.Ordinal);

        var schema = JsonDocument.Parse(SweepSchema.Of(CompositionRoot.Experiments.All.First())).RootElement.GetProperty("properties");
        Assert.Equal(SweepKeys.All.Select(key => key.Name).Order(), schema.EnumerateObject().Select(property => property.Name).Order());
    }

    [Fact]
    public void Every_verb_has_a_row_in_the_list_of_verbs_and_the_five_of_the_short_help_exist()
    {
        var listed = File.ReadAllText(Path.Combine(Repository.Root, "docs/verbs.md"));
        Assert.All(global::Sweeper.CommandLine.Verbs, verb => Assert.Matches($@"\n\| `{verb}[ `]", listed));
    }

    [GeneratedRegex(@"\]\(([^)#\s]+)[^)]*\)")]
    private static partial Regex Link();
}
