using Sweeper.Core.Errors;
using Sweeper.Results.Folders;
using Xunit;

namespace Sweeper.Tests.Results;

/// <summary>Which folders a coordinator takes results for.</summary>
public sealed class ResultRootsTests
{
    private static readonly Dictionary<string, string> Links = new()
    {
        ["/home/ada/results/out"] = "/etc",
        ["/home/ada/results/up"] = "../../..",
        ["/home/ada/results/in"] = "deep/er",
        ["/home/ada/results/again"] = "up/home/ada/results",
        ["/home/ada/results/round"] = "round/about",
        ["/scratch"] = "/disks/3",
        ["/home/ada/new"] = "/disks/4",
        ["/proc/self/cwd"] = "/home/ada",
    };

    [Theory]
    [InlineData("/home/ada/results", "/home/ada/results")]
    [InlineData("/home/ada/results/a", "/home/ada/results/a")]
    [InlineData("/home/ada/results/not/there/yet", "/home/ada/results/not/there/yet")]
    [InlineData("/home/ada/results/./a//b/../c/", "/home/ada/results/a/c")]
    [InlineData("/home/ada/x/../results/a", "/home/ada/results/a")]
    [InlineData("/home/ada/results/in/a", "/home/ada/results/deep/er/a")]
    [InlineData("/home/ada/results/again/a", "/home/ada/results/a")]
    [InlineData("/proc/self/cwd/results/a", "/home/ada/results/a")]
    [InlineData("/scratch/a", "/disks/3/a")]
    [InlineData("/disks/3/a", "/disks/3/a")]
    [InlineData("/", null)]
    [InlineData("/home/ada", null)]
    [InlineData("/home/ada/results2", null)]
    [InlineData("/home/ada/results/..", null)]
    [InlineData("/home/ada/results/../.ssh/a", null)]
    [InlineData("/home/ada/results/out", null)]
    [InlineData("/home/ada/results/out/a", null)]
    [InlineData("/home/ada/results/up/a", null)]
    [InlineData("/home/ada/results/again/../../.ssh", null)]
    [InlineData("/home/ada/results/round/a", null)]
    [InlineData("/scratch/../disks/4/a", null)]
    [InlineData("/Home/ada/results/a", null)]
    [InlineData("/home/ada/results/a\0b", null)]
    [InlineData("", null)]
    public void A_folder_is_admitted_under_a_root_wherever_its_links_lead(string folder, string? expected)
    {
        var roots = new ResultRoots(["/home/ada/results", "/scratch"], Links.GetValueOrDefault);
        if (expected is not null)
        {
            Assert.Equal(expected, roots.Admit(folder));
            return;
        }

        var refused = Assert.Throws<SweepException>(() => roots.Admit(folder));
        Assert.Equal(ExitCode.Preflight, refused.ExitCode);
        Assert.StartsWith(folder, refused.Place, StringComparison.Ordinal);
        Assert.Contains("under /home/ada/results and /disks/3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--results", refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/anything/at/all")]
    [InlineData("/home/ada/results/", "/home/ada/results/a")]
    [InlineData("/home/ada/new/results", "/disks/4/results/a")]
    public void A_root_may_be_written_in_any_way(string root, string folder) =>
        Assert.Equal(folder, new ResultRoots([root], Links.GetValueOrDefault).Admit(folder));

    [Fact]
    public void Links_and_folders_of_this_machine_are_looked_at()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.In("results/real"));
        Directory.CreateSymbolicLink(temporary.In("results/alias"), "real");
        Directory.CreateSymbolicLink(temporary.In("results/out"), "..");
        Directory.CreateSymbolicLink(temporary.In("results/nowhere"), temporary.In("elsewhere"));
        var roots = new ResultRoots([temporary.In("results")]);

        Assert.Equal(temporary.In("results/real/a"), roots.Admit(temporary.In("results/alias/a")));
        Assert.Throws<SweepException>(() => roots.Admit(temporary.In("results/out/a")));
        Assert.Throws<SweepException>(() => roots.Admit(temporary.In("results/nowhere")));
        Assert.Throws<SweepException>(() => roots.Admit(temporary.In("results/nowhere/a")));
    }
}
