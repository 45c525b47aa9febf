using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>Bad input, each with one message that names place and remedy, the documented exit code, and nothing lost.</summary>
public sealed class BadInputTests
{
    private const string Good = """
        sweep: small
        experiment: teacher-student
        fixed: { width: 6, inputs: 6, outputs: 6, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8, steps: 40, learning_rate: 1e-2 }
        grid:
          noise: [0, 1]
        seeds: 2
        lanes: 4
        measure:
          - { at: { every: 20 }, metrics: [loss] }

        """;

    private static readonly BadInput[] Table =
    [
        File("unknown key", Good.Replace("seeds:", "seedz:"), 2, "sweep.yaml:6:1", "seeds"),
        File("misspelt hyperparameter", Good.Replace("width: 6", "widht: 6"), 2, "sweep.yaml:3:10", "width"),
        File("wrong type", Good.Replace("width: 6", "width: twelve"), 2, "sweep.yaml:3:17", "whole number"),
        File("negative depth", Good.Replace("noise: [0, 1]", "depth: [2, -1]"), 2, "sweep.yaml:5:14", "depth"),
        File(
            "unequal zip", Good.Replace("grid:\n  noise: [0, 1]", "zip:\n  - { noise: [0, 1], weight_decay: [0, 1, 2] }"), 2,
            "sweep.yaml:5", "3"),
        File("empty axis", Good.Replace("noise: [0, 1]", "noise: []"), 2, "sweep.yaml:5:10", "noise"),
        File("duplicate key", Good.Replace("seeds: 2", "seeds: 2\nseeds: 3"), 2, "sweep.yaml:7:1", "seeds"),
        new("not UTF-8", folder => System.IO.File.WriteAllBytes(
            folder.In("sweep.yaml"), [.. Encoding.UTF8.GetBytes(Good), 0x23, 0xFF, 0xFE, 0x0A]), Run, 2, "sweep.yaml", "UTF-8"),
        new("unwritable folder", Write(Good), Shell("$SWEEPER run sweep.yaml --results /proc/nowhere"), 5, "/proc/nowhere", "--results"),
        new("unwritable folder for the doctor", Write(Good), Shell("$SWEEPER doctor --results /proc/nowhere"), 5,
            "/proc/nowhere cannot be written", "name another folder with --results"),
        new(
            "read-only disk", Write(Good),
            Shell("unshare -m bash -c 'mkdir -p r && mount -t tmpfs -o ro none r && $SWEEPER run sweep.yaml --results r'"), 5,
            "the file system is read-only", "name another folder with --results"),
        new("another sweep of the same name", Committed(_ => { }), Shell("$SWEEPER plan sweep.yaml --set steps=60"), 0,
            "warning: this sweep has none of the trials that are in results/small", "Give it another name"),
        new(
            "full disk", Write(Good),
            Shell("unshare -m bash -c 'mkdir -p r && mount -t tmpfs -o size=64k none r && $SWEEPER run sweep.yaml --results r'"), 5,
            "r/small", "space"),
        new("folder of another experiment", CommittedFolderOfAnotherExperiment, Run, 5, "results/small", "another"),
        new("corrupt segment", Committed(Corrupt), Shell("$SWEEPER aggregate results/small"), 5, "segments/", "run"),
        new("corrupt journal line", Committed(CorruptJournal), Run, 5, "journal.jsonl:2", "journal"),
        new(
            "diverging learning rate", Write(Good.Replace("learning_rate: 1e-2", "learning_rate: 1e12")), Run, 0, "diverged",
            "learning rate"),
        new("diverging before anything is measured", Write(Good.Replace("learning_rate: 1e-2", "learning_rate: 1e12")
            .Replace("{ every: 20 }", "end")), Run, 0, "loss has no values", "every trial diverged"),
        new(
            "message faults", Write(Good), Shell("SWEEPER_MESSAGE_FAULTS=loss=often $SWEEPER run sweep.yaml"), 2,
            "SWEEPER_MESSAGE_FAULTS is 'loss=often'", "unset"),
        new(
            "other kernels", Write(Good), Shell("ATEN_CPU_CAPABILITY=default $SWEEPER run sweep.yaml"), 5,
            "the environment sets ATEN_CPU_CAPABILITY to default", "Unset it"),
        new(
            "no GPU", Write(Good), Shell("CUDA_VISIBLE_DEVICES= $SWEEPER run sweep.yaml --gpus all"), 5,
            "there are 0 GPUs here", "--workers"),
        new("a GPU for a worker", Write(Good), Shell("CUDA_VISIBLE_DEVICES= $SWEEPER worker --device cuda:0"), 5,
            "there is no device 'cuda:0' here", "-p:Torch=cuda"),
        new("fused kernels without a GPU", Write(Good), Shell("CUDA_VISIBLE_DEVICES= $SWEEPER run sweep.yaml --engine fused"), 5,
            "--engine fused: here it would be trained with lanes 1, ", "libnvrtc"),
        new(
            "every trial failing", Write(Good), folder => SweeperProcess.Run(folder.Path, ["run", "sweep.yaml"], "train:*=throw"), 6,
            "logs", "sweeper"),
    ];

    public static TheoryData<string> Names => [.. Table.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bad_input_gets_one_message_with_place_and_remedy_and_loses_nothing(string name)
    {
        var row = Table.Single(candidate => candidate.Name == name);
        Assert.SkipUnless(
            row.Name is not ("full disk" or "read-only disk") || Environment.UserName == "root", "such a disk needs root, to mount one");
        using var folder = new TemporaryFolder();
        row.Arrange(folder);
        var before = Segments(folder);

        var ended = row.Act(folder);

        Assert.Equal(row.ExitCode, ended.ExitCode);
        var message = row.ExitCode == 0 ? ended.Output + ended.Error : ended.Error;
        Assert.Contains(row.Place, message, StringComparison.Ordinal);
        Assert.Contains(row.Remedy, message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", message, StringComparison.Ordinal);
        Assert.Equal(row.ExitCode == 0 ? 0 : 1, Occurrences(ended.Error, "error:"));
        Assert.Equal(before, Segments(folder).Where(pair => before.ContainsKey(pair.Key)).ToDictionary());
    }

    private static BadInput File(string name, string text, int exitCode, string place, string remedy) =>
        new(name, Write(text), Run, exitCode, place, remedy);

    private static Action<TemporaryFolder> Write(string text) => folder => System.IO.File.WriteAllText(folder.In("sweep.yaml"), text);

    private static SweeperProcess Run(TemporaryFolder folder) => SweeperProcess.Run(folder.Path, ["run", "sweep.yaml"]);

    private static Func<TemporaryFolder, SweeperProcess> Shell(string command) => folder => SweeperProcess.Shell(folder.Path, command);

    private static Action<TemporaryFolder> Committed(Action<TemporaryFolder> damage) => folder =>
    {
        FinishedSweep.CopyInto(folder, Good);
        damage(folder);
    };

    private static void Corrupt(TemporaryFolder folder)
    {
        var segment = Directory.GetFiles(folder.In("results/small/segments"))[0];
        var bytes = System.IO.File.ReadAllBytes(segment);
        bytes[bytes.Length / 2] ^= 0xFF;
        System.IO.File.WriteAllBytes(segment, bytes);
    }

    private static void CorruptJournal(TemporaryFolder folder)
    {
        var lines = System.IO.File.ReadAllLines(folder.In("results/small/journal.jsonl"));
        lines[1] = lines[1].Replace('0', '1');
        System.IO.File.WriteAllLines(folder.In("results/small/journal.jsonl"), lines);
    }

    private static void CommittedFolderOfAnotherExperiment(TemporaryFolder folder) => Committed(_ =>
    {
        var provenance = folder.In("results/small/provenance.json");
        System.IO.File.WriteAllText(
            provenance, System.IO.File.ReadAllText(provenance).Replace("teacher-student", "another", StringComparison.Ordinal));
    })(folder);

    private static Dictionary<string, string> Segments(TemporaryFolder folder) => Directory.Exists(folder.In("results/small/segments"))
        ? Directory.GetFiles(folder.In("results/small/segments")).ToDictionary(
            path => path, path => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(path))))
        : [];

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private sealed record BadInput(
        string Name, Action<TemporaryFolder> Arrange, Func<TemporaryFolder, SweeperProcess> Act, int ExitCode, string Place, string Remedy);
}
