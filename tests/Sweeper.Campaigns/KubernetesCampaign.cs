using System.Diagnostics;
using System.Security.Cryptography;
using k8s.Models;
using Sweeper.Cluster.Tests.CommandLine;
using Sweeper.Tests.Kubernetes;

namespace Sweeper.Campaigns;

/// <summary>What `sweeper kubernetes` prints, played by hand: the containers of its pods, in the image of the Dockerfile.</summary>
public sealed class KubernetesCampaign
{
    private const string Text = """
        experiment: teacher-student
        fixed: { width: 6, inputs: 6, outputs: 6, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8,
          learning_rate: 1e-2, student: linear, teacher: linear, steps: 30000 }
        sweep: many
        grid: { noise: { linspace: [0, 1, 12] } }
        seeds: 2
        lanes: 2
        measure: [ { at: { log: 5 }, metrics: [loss] } ]
        """;

    private const int Killed = 9;
    private const int Told = 15;

    [Fact]
    public void Pods_that_are_killed_and_evicted_end_with_the_bytes_of_a_local_run()
    {
        Assert.SkipUnless(ImageLab.Missing is null, ImageLab.Missing ?? "");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("many.yaml"), Text);
        var quiet = SweeperProcess.Run(folder.Path, ["run", "many.yaml", "--results", "quiet"]);
        Assert.True(quiet.ExitCode == 0, quiet.Error);
        var printed = SweeperProcess.Run(
            folder.Path, ["kubernetes", "many.yaml", "--workers", "2", "--image", "sweeper", "--storage-class", "standard"]);
        Assert.True(printed.ExitCode == 0, printed.Error);
        var manifests = Manifests.Of(printed.Output);
        using var image = new ImageLab(manifests.One<V1Service>().Metadata.Name);

        // Volumes as Kubernetes lays them: a secret is root's and of the pod's group, a claim is the group's to write.
        var group = manifests.Sweep.Spec.Template.Spec.SecurityContext.FsGroup;
        Lay(folder.In("secret"), "cluster.json", manifests.One<V1Secret>().StringData["cluster.json"]);
        Lay(folder.In("sweep"), "many.yaml", manifests.One<V1ConfigMap>().Data["many.yaml"]);
        var prepared = SweeperProcess.Shell(
            folder.Path,
            $"chgrp -R {group} secret && chmod 440 secret/cluster.json && mkdir data && chgrp {group} data && chmod 2775 data");
        Assert.True(prepared.ExitCode == 0, prepared.Error);

        var started = 0;
        var coordinator = Start(manifests.Coordinator);
        var first = Start(manifests.Worker, "0");
        var second = Start(manifests.Worker, "1");
        var submit = Start(manifests.Submit);
        Await(() => Commits() >= 2, "two packs are not committed", coordinator, first, second, submit);

        // Evicted, and made anew.
        Assert.Equal(75, End(first, Told));
        first = Start(manifests.Worker, "0");
        Assert.Equal(128 + Killed, End(coordinator, Killed));
        coordinator = Start(manifests.Coordinator);

        Assert.Equal(0, End(submit, null));
        Assert.Equal(0, End(first, null));
        Assert.Equal(0, End(second, null));
        Assert.Equal(75, End(coordinator, Told));
        Assert.Equal(Hash(folder.In("quiet/many/curves.parquet")), Hash(folder.In("data/results/many/curves.parquet")));

        // Applied again when all is done.
        coordinator = Start(manifests.Coordinator);
        Assert.Equal(0, End(Start(manifests.Submit), null));
        Assert.Equal(75, End(coordinator, Told));

        int Commits() => folder.In("data/results/many/journal.jsonl") is var journal && File.Exists(journal)
            ? File.ReadAllText(journal).Split("\"committed\"").Length - 1
            : 0;

        Process Start(V1Container container, string index = "")
        {
            var tmp = folder.In($"tmp-{++started}");
            Assert.Equal(0, SweeperProcess.Shell(folder.Path, $"mkdir -m 777 {tmp}").ExitCode);
            var mounts = container.VolumeMounts.Select(mount => (
                mount.Name switch { "secret" or "sweep" => folder.In(mount.Name), "results" => folder.In("data"), _ => tmp },
                mount.MountPath + (mount.ReadOnlyProperty == true ? ":ro" : "")));
            var words = container.Args.Select(word => word.Replace("$(JOB_COMPLETION_INDEX)", index, StringComparison.Ordinal));
            return image.Start(mounts, words.Select(word => word.Replace("$(POD_IP)", "127.0.0.1", StringComparison.Ordinal)));
        }
    }

    private static void Lay(string folder, string file, string text)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), text);
    }

    private static void Await(Func<bool> isSo, string what, params Process[] running)
    {
        BackgroundProcess.Await(() => isSo() || running.Any(process => process.HasExited), what);
        if (Array.Find(running, process => process.HasExited) is { } ended)
        {
            Assert.Fail($"it ended with {ended.ExitCode}: {ended.StandardOutput.ReadToEnd()}{ended.StandardError.ReadToEnd()}");
        }
    }

    /// <summary>Waits for a container, told or untold; its exit code.</summary>
    private static int End(Process process, int? signal)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (signal is { } number)
        {
            Assert.Equal(0, SweeperProcess.Kill(process.Id, number));
        }

        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), "it does not end");
        var code = process.ExitCode;
        TestContext.Current.TestOutputHelper?.WriteLine($"{code}: {output.Result}{error.Result}");
        process.Dispose();
        return code;
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
