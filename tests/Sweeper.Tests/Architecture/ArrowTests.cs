using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;

namespace Sweeper.Tests.Architecture;

/// <summary>Sweeper -> { Training, Theory, Cluster, Results } -> Core, Training -> Lanes, and no other arrow.</summary>
public sealed class ArrowTests
{
    private static readonly string[] Middle = ["Sweeper.Cluster", "Sweeper.Results", "Sweeper.Theory", "Sweeper.Training"];

    public static TheoryData<string, string> Arrows => new(
        [
            ("Sweeper.Core", ""), ("Sweeper.Lanes", ""), ("Sweeper", string.Join(' ', Middle)),
            .. Middle.Select(project => (project, project == "Sweeper.Training" ? "Sweeper.Core Sweeper.Lanes" : "Sweeper.Core")),
        ]);

    [Fact]
    public void There_are_these_projects_and_no_others()
    {
        Assert.Equal(
            ((string[])["Sweeper", "Sweeper.Core", "Sweeper.Lanes", .. Middle]).Order(StringComparer.Ordinal),
            Repository.Files("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Arrows))]
    public void A_project_refers_to_these_projects(string project, string referred)
    {
        Assert.Equal(
            referred.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
    }

    /// <summary>The compiler drops references that are not used, so an assembly shows which arrows are real.</summary>
    [Theory, MemberData(nameof(Arrows))]
    public void An_assembly_uses_no_project_beyond_its_arrows(string project, string referred)
    {
        var allowed = referred.Split(' ').Append("Sweeper.Core");
        Assert.Subset(
            allowed.ToHashSet(), UsedAssemblies(project).Where(name => name.StartsWith("Sweeper", StringComparison.Ordinal)).ToHashSet());
    }

    [Fact]
    public void Core_uses_no_package_but_the_YAML_reader()
    {
        Assert.Equal(["YamlDotNet"], References("Sweeper.Core", "PackageReference"));
        Assert.All(
            UsedAssemblies("Sweeper.Core"),
            name => Assert.True(name.StartsWith("System", StringComparison.Ordinal) || name == "YamlDotNet", name));
    }

    [Fact]
    public void Lanes_uses_nothing_but_the_runtime()
    {
        Assert.Empty(References("Sweeper.Lanes", "PackageReference"));
        Assert.All(UsedAssemblies("Sweeper.Lanes"), name => Assert.StartsWith("System", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_Training_knows_tensors_only_Cluster_actors_and_only_Results_file_formats()
    {
        void Only(string owner, params string[] packages) => Assert.All(
            Repository.Files("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path)).Where(project => project != owner),
            project => Assert.DoesNotContain(
                References(project, "PackageReference"),
                name => packages.Any(package => name.StartsWith(package, StringComparison.OrdinalIgnoreCase))));
        Only("Sweeper.Training", "TorchSharp", "libtorch");
        Only("Sweeper.Cluster", "Akka");
        Only("Sweeper.Results", "Parquet", "DuckDB", "ScottPlot");
    }

    private static IEnumerable<string> References(string project, string kind) => XDocument
        .Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
        .Descendants(kind)
        .Select(reference => reference.Attribute("Include")!.Value);

    private static string[] UsedAssemblies(string project)
    {
        var assembly = project == "Sweeper" ? "sweeper" : project;
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
