using System.Runtime.Versioning;
using System.Text.Json;
using Sweeper.Cluster.Security;
using Sweeper.Cluster.Tests.Security;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>A coordinator with a sweep on a machine that others use, too.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OtherUserTests
{
    private const int Terminate = 15;
    private const string Nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups env TMPDIR=/tmp HOME=/tmp";

    [Fact]
    public async Task Strangers_and_other_users_are_turned_away_and_the_curves_are_the_same_bytes()
    {
        using var folder = ManySweep.NewFolder();
        // Others may look into the folder, and its results are still not theirs.
        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using var coordinator = new BackgroundProcess(folder.Path, "coordinator", "--bind", "127.0.0.1");
        coordinator.AwaitOutput("coordinator at");
        using var worker = new BackgroundProcess(folder.Path, "worker", "--name", "one");
        using var client = new BackgroundProcess(folder.Path, "submit", ManySweep.File);
        ManySweep.AwaitFirstCommit(folder);
        var file = folder.In("results/cluster.json");
        using var published = JsonDocument.Parse(File.ReadAllText(file));
        var port = published.RootElement.GetProperty("port").GetInt32();
        using var foreign = ClusterCredential.Create().Load();
        using var expired = ClusterCredential.Create(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1)).Load();
        for (var again = 0; again < 20; again++)
        {
            Assert.False(await Visitor.IsLetInAsync(port));
            Assert.False(await Visitor.IsLetInAsync(port, null));
            Assert.False(await Visitor.IsLetInAsync(port, foreign));
            Assert.False(await Visitor.IsLetInAsync(port, expired));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        if (Environment.IsPrivilegedProcess)
        {
            // As another user would find it, were the folder of results open, too.
            File.SetUnixFileMode(
                folder.In("results"), File.GetUnixFileMode(folder.In("results")) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            var drained = SweeperProcess.Shell(folder.Path, $"{Nobody} $SWEEPER drain --cluster {file}");
            Assert.Equal(5, drained.ExitCode);
            Assert.Contains("only members of this cluster can read its file, and you are none", drained.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, client.AwaitExit());
        Assert.Equal(ManySweep.QuietHash, ManySweep.CurvesHash(folder));
        worker.Signal(Terminate);
        coordinator.Signal(Terminate);
        Assert.Equal((75, 75), (worker.AwaitExit(), coordinator.AwaitExit()));
        var log = Assert.Single(Directory.GetFiles(folder.In("results/logs"), "coordinator-*"));
        Assert.InRange(File.ReadLines(log)
            .Count(line => line.Contains("TLS", StringComparison.Ordinal) || line.Contains("turned away", StringComparison.Ordinal)), 1, 8);
        Assert.DoesNotContain(
            Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories),
            path => path != file && File.ReadAllText(path).Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_may_not_read_a_results_folder_is_told_so()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "another user can be tried by root only");
        using var folder = ManySweep.NewFolder();
        var results = Directory.CreateDirectory(folder.In("results/many")).FullName;
        File.WriteAllText(Path.Combine(results, "journal.jsonl"), "");
        foreach (var open in (string[])[folder.Path, folder.In("results")])
        {
            File.SetUnixFileMode(open, File.GetUnixFileMode(open) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        File.SetUnixFileMode(results, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var refused = SweeperProcess.Shell(folder.Path, $"{Nobody} $SWEEPER status results/many");
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("you may not look into this folder", refused.Error, StringComparison.Ordinal);
        Assert.Contains(results, refused.Error, StringComparison.Ordinal);
        Assert.Contains("chmod -R g+rX", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, SweeperProcess.Shell(folder.Path, $"{Nobody} $SWEEPER status results/none").ExitCode);
    }

    [Fact]
    public void A_run_in_one_process_opens_no_port()
    {
        using var folder = ManySweep.NewFolder();
        using var run = new BackgroundProcess(folder.Path, "run", ManySweep.File);
        ManySweep.AwaitFirstCommit(folder);

        Assert.Empty(Listening(run.Id));
        Assert.Equal(0, run.AwaitExit());
    }

    /// <summary>
    /// Sockets of a process at which it listens, as the kernel tells: a line of /proc/net/tcp has its state in column 3 (0A), its inode in
    /// column 9.
    /// </summary>
    private static IEnumerable<string> Listening(int process)
    {
        var listening = ((string[])["tcp", "tcp6"]).SelectMany(family => File.ReadLines($"/proc/{process}/net/{family}"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[3] == "0A").Select(columns => columns[9]).ToHashSet();
        return Directory.GetFiles($"/proc/{process}/fd").Select(handle => new FileInfo(handle).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:", StringComparison.Ordinal) && listening.Contains(target[8..^1]));
    }
}
