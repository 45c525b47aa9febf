using System.Diagnostics;
using System.Runtime.Versioning;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;
using Sweeper.Core.Errors;
using Sweeper.Results.Files;
using Sweeper.Running;
using Xunit;

namespace Sweeper.Tests.Running;

[UnsupportedOSPlatform("windows")]
public sealed class ClusterFileTests : IDisposable
{
    private static readonly NodeAddress Here = new("127.0.0.1", 4711);
    private static readonly ClusterCredential Credential = ClusterCredential.Create();

    private readonly TemporaryFolder folder = new();

    private string Path => folder.In("cluster.json");

    private ClusterFile File => new(Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_a_coordinator_publishes_its_members_read_and_nobody_else()
    {
        File.Publish(Here, Credential);
        var read = File.Existing();

        Assert.Equal((Here, 1, Credential), (read.Address, read.Epoch, read.Credential));
        Assert.Equal("600", Mode(Path));
        Assert.DoesNotContain("PRIVATE", $"{read}", StringComparison.Ordinal);
        Assert.Equal([Path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_team_shares_the_file_by_its_group()
    {
        using var id = Process.Start(new ProcessStartInfo("id", ["-gn"]) { RedirectStandardOutput = true })!;
        var group = id.StandardOutput.ReadToEnd().Trim();
        var shared = folder.In("shared");
        var file = new ClusterFile(System.IO.Path.Combine(shared, "cluster.json"));

        Assert.True(file.ShareFolder(group));
        file.Publish(Here, Credential, group);
        Assert.Equal(group, file.Existing().Group);
        Assert.Equal("640", Mode(file.Path));
        Assert.Equal("2750", Mode(shared));
        System.IO.File.SetUnixFileMode(file.Path, System.IO.File.GetUnixFileMode(file.Path) | UnixFileMode.GroupWrite);
        Assert.Throws<SweepException>(file.Existing);
    }

    [Fact]
    public void A_folder_that_a_team_cannot_enter_is_said()
    {
        var closed = Directory.CreateDirectory(
            folder.In("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

        Assert.False(SharedFolder.Make(closed, FileOwnership.FindGroup("root")!.Value));
        Assert.Equal("700", Mode(closed));
    }

    [Fact]
    public async Task Another_coordinator_has_another_certificate_and_is_found_by_it()
    {
        File.Publish(Here, Credential);
        var first = File.Existing();
        var next = File.NextAsync(first, TestContext.Current.CancellationToken);
        File.Publish(Here, ClusterCredential.Create());

        var second = await next;
        Assert.Equal(2, second.Epoch);
        Assert.NotEqual(first.Credential, second.Credential);
    }

    [Fact]
    public void A_file_that_waits_where_the_new_one_is_made_is_not_written_to()
    {
        var trap = folder.In("trap");
        System.IO.File.WriteAllText(trap, "");
        System.IO.File.CreateSymbolicLink($"{Path}.{Environment.ProcessId}", trap);
        File.Publish(Here, Credential);

        Assert.Empty(System.IO.File.ReadAllText(trap));
        Assert.Equal(Credential, File.Existing().Credential);
    }

    [Fact]
    public void A_file_that_others_can_read_is_refused_and_the_next_coordinator_mends_it()
    {
        File.Publish(Here, Credential);
        System.IO.File.SetUnixFileMode(Path, System.IO.File.GetUnixFileMode(Path) | UnixFileMode.OtherRead);

        Assert.Contains("others can read", Refusal().Message, StringComparison.Ordinal);
        File.Publish(Here, ClusterCredential.Create());
        Assert.Equal(2, File.Existing().Epoch);
    }

    [Fact]
    public void A_file_of_an_older_version_is_refused_and_the_next_coordinator_takes_its_place()
    {
        Write("""{ "host": "127.0.0.1", "port": 4711, "epoch": 6, "process": 1, "started": "2026-01-01T00:00:00+00:00" }""");

        Assert.Contains("has no certificate", Refusal().Message, StringComparison.Ordinal);
        File.Publish(Here, Credential);
        Assert.Equal(7, File.Existing().Epoch);
    }

    [Fact]
    public void A_certificate_that_has_expired_is_refused()
    {
        File.Publish(Here, ClusterCredential.Create(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)));

        Assert.Equal("the certificate in this cluster file expired on 1970-01-02", Refusal().Message);
    }

    [Theory, InlineData(""), InlineData("{}"), InlineData("{"), InlineData("[]"), InlineData("null"), InlineData(
        """{ "host": "127.0.0.1", "credential": 7 }""")]
    public void What_is_no_cluster_file_is_refused(string text)
    {
        Write(text);

        Assert.Contains("this is no file in which a coordinator published", Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_certificate_is_refused_and_its_key_is_in_no_message()
    {
        File.Publish(Here, Credential with { Certificate = "none" });
        var refusal = Refusal();

        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", $"{refusal}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_made_before_its_coordinator_says_what_that_is_to_use()
    {
        Assert.Null(File.Given());
        Write(ClusterFile.Fixed(Here));
        var given = File.Given()!;

        Assert.Equal((true, Here, 0, given.Credential), (given.IsFixed, given.Address, given.Epoch, File.Existing().Credential));
        Assert.NotNull(given.Credential);
        File.Publish(Here, Credential);
        Assert.Null(File.Given());
    }

    [Fact]
    public async Task A_coordinator_finds_its_own_file_until_another_one_has_published()
    {
        var own = File.Publish(Here, Credential);
        Assert.Equal(own, File.Existing());
        File.CheckOwn(own);
        var successor = File.NextAsync(own, TestContext.Current.CancellationToken);
        File.Publish(Here, ClusterCredential.Create());

        Assert.Equal(2, (await successor).Epoch);
        var fault = Assert.Throws<SweepException>(() => File.CheckOwn(own));
        Assert.Equal(ExitCode.Preflight, fault.ExitCode);
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_coordinator_keeps_can_lie_elsewhere_than_its_file()
    {
        var state = Directory.CreateDirectory(folder.In("state")).FullName;
        var file = new ClusterFile(Path, state);
        using var held = file.Hold();

        Assert.Equal(
            [System.IO.Path.Combine(state, "cluster.json.lock")], Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        Assert.Throws<SweepException>(() => new ClusterFile(folder.In("other/cluster.json"), state).Hold());
    }

    [Fact]
    public void A_group_that_does_not_exist_is_a_wrong_command_line()
    {
        var fault = Assert.Throws<SweepException>(() => File.Publish(Here, Credential, "no-such-group"));

        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static string Mode(string path) => Convert.ToString((int)System.IO.File.GetUnixFileMode(path), 8);

    private void Write(string text)
    {
        System.IO.File.WriteAllText(Path, text);
        System.IO.File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private SweepException Refusal()
    {
        var fault = Assert.Throws<SweepException>(File.Existing);
        Assert.Equal((ExitCode.Preflight, Path), (fault.ExitCode, fault.Place));
        Assert.NotEmpty(fault.Remedy!);
        return fault;
    }
}
