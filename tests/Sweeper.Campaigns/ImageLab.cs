using System.Diagnostics;
using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>
/// The image, without a builder and a registry: the steps of the Dockerfile, done to a Debian of debootstrap. A container is a process
/// that has it as its root, read-only, with folders mounted into it; all have the network of this machine.
/// </summary>
internal sealed class ImageLab : IDisposable
{
    private const string From = "COPY --from=build ";

    private readonly TemporaryFolder folder = new();
    private readonly string root;
    private readonly string[] steps;

    /// <summary>What is missing for it; null: nothing.</summary>
    public static string? Missing => Environment.UserName != "root" ? "another root folder and mounts need root"
        : SweeperProcess.Shell("/", "PATH=$PATH:/usr/sbin command -v debootstrap").ExitCode != 0
            ? "debootstrap is not here: apt-get install debootstrap"
        : null;

    /// <summary>Builds it. A host's name stands for this machine in it.</summary>
    public ImageLab(string host)
    {
        root = folder.In("root");
        steps = Steps(File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile")));
        var last = Array.FindLastIndex(steps, step => step.StartsWith("FROM ", StringComparison.Ordinal));
        Assert.Equal("FROM debian:12-slim", steps[last]);
        Do("/", $"PATH=$PATH:/usr/sbin debootstrap --variant=minbase bookworm {root}");

        // What `COPY . .` finds: the files of this tree that .dockerignore lets through.
        var ignored = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore"));
        var allowed = ignored.Where(line => line.StartsWith('!')).Select(line => Quote(line[1..]));
        Directory.CreateDirectory(folder.In("source"));
        Do(Repository.Root, $"git ls-files {string.Join(' ', allowed)} | tar cT - | tar x -C {folder.In("source")}");
        foreach (var step in Arguments("RUN ", steps[..last]))
        {
            Do(folder.In("source"), $"TORCH=cpu; {step.Replace(" /app", $" {folder.In("app")}", StringComparison.Ordinal)}");
        }

        foreach (var step in steps[last..])
        {
            if (step.StartsWith("RUN ", StringComparison.Ordinal))
            {
                Do("/", $"chroot {root} bash -euc {Quote(step["RUN ".Length..])}");
            }
            else if (step.StartsWith(From, StringComparison.Ordinal))
            {
                Assert.Equal("/app /app", step[From.Length..]);
                Do("/", $"mv {folder.In("app")} {root}/app");
            }
        }

        File.WriteAllText(Path.Combine(root, "etc/hosts"), $"127.0.0.1 localhost {host}\n");
    }

    /// <summary>Starts a container, as the user of the image and with its entry point; ended by a signal to its process.</summary>
    /// <param name="mounts">Folders of this machine, and where they are in it; with `:ro` after: to read only.</param>
    /// <param name="arguments">What the entry point is given.</param>
    public Process Start(IEnumerable<(string Folder, string Path)> mounts, IEnumerable<string> arguments)
    {
        var script = new List<string> { "set -e", $"mount --bind {root} {root}", $"mount -t proc proc {root}/proc" };
        foreach (var (source, path) in mounts)
        {
            var target = root + path.Split(':')[0];
            script.Add($"mkdir -p {target}; mount --bind {source} {target}");
            if (path.EndsWith(":ro", StringComparison.Ordinal))
            {
                script.Add($"mount -o remount,bind,ro {target}");
            }
        }

        var user = Arguments("USER ", steps).Single();
        var entry = Arguments("ENTRYPOINT ", steps).Single().Trim('[', ']', '"');
        script.Add($"mount -o remount,bind,ro {root}");
        script.Add($"exec chroot --userspec={user} --groups={user.Split(':')[1]} {root} "
            + $"env -i PATH=/usr/bin:/bin {string.Join(' ', Arguments("ENV ", steps))} {entry} "
            + $"{string.Join(' ', arguments.Select(Quote))}");
        return Process.Start(new ProcessStartInfo("unshare", ["--mount", "bash", "-c", string.Join('\n', script)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    /// <summary>The commands of a Dockerfile, each of which is one line.</summary>
    private static string[] Steps(string[] lines) =>
        [.. lines.Where(line => line.Length > 0 && !line.StartsWith('#'))];

    private static IEnumerable<string> Arguments(string command, IEnumerable<string> steps) =>
        steps.Where(step => step.StartsWith(command, StringComparison.Ordinal)).Select(step => step[command.Length..]);

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void Do(string folder, string command)
    {
        var done = SweeperProcess.Shell(folder, $"set -e; {command}", TimeSpan.FromMinutes(20));
        Assert.True(done.ExitCode == 0, $"{command}: {done.Output}{done.Error}");
    }
}
