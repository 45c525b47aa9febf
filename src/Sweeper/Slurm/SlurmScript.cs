using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sweeper.Core.Errors;
using Sweeper.Templates;

namespace Sweeper.Slurm;

/// <summary>A batch script: templates of `cluster-config/slurm`, filled for one sweep.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Submitted">Arguments of `sweeper submit`: sweep file and what overrides it.</param>
/// <param name="Results">Folder of results folders, whole path.</param>
/// <param name="Folder">The results folder, whole path.</param>
/// <param name="Program">How `sweeper` is started, as words.</param>
/// <param name="Current">Folder in which the job runs, whole path.</param>
internal sealed partial record SlurmScript(
    string Sweep, ImmutableArray<string> Submitted, string Results, string Folder, ImmutableArray<string> Program, string Current)
{
    /// <summary>What whoever reads the script should know of it.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Data sets that are learnt from files.</summary>
    public ImmutableArray<string> Datasets { get; init; } = [];

    /// <summary>One allocation with everything.</summary>
    /// <param name="request">What SLURM is asked for.</param>
    /// <param name="isMixed">Whether numerics may differ between nodes.</param>
    public string Everything(SlurmRequest request, bool isMixed) => Fill("sweep.sh", request, isMixed);

    /// <summary>Workers that join a coordinator that runs elsewhere.</summary>
    public string WorkersOnly(SlurmRequest request) => Fill("workers.sh", request, isMixed: true);

    /// <summary>Name of the file of what a job says, in the folder in which it runs, as a person is told it.</summary>
    /// <param name="number">Number of the job.</param>
    /// <param name="isForWorkers">Whether it is an array of workers, which has a file for each.</param>
    public string Log(string number, bool isForWorkers) =>
        isForWorkers ? $"{Job}-workers-{number}_*.log" : $"{Job}-{number}.log";

    private string Job => Unfit().Replace(Sweep, "-");

    private string Fill(string file, SlurmRequest request, bool isMixed)
    {
        string[] texts = [.. Submitted, .. Program, Results, Folder, Current];
        if (Array.Find(texts, text => text.AsSpan().ContainsAny('\n', '\r')) is { } path)
        {
            throw new SweepException(ExitCode.Usage, "there is a line break in what the script would say",
                "Give it another name, or write it in one line.", path);
        }

        string[] more = [.. Program, "slurm", .. Submitted, "--results", Results, .. request.Words, "--workers-only", "--submit"];
        var values = new Dictionary<string, string?>
        {
            ["name"] = Sweep,
            ["job"] = ShellQuote.Directive(Job),
            ["current"] = ShellQuote.Directive(Current),
            ["output"] = ShellQuote.Directive($"{Job}-%j.log"),
            ["output-workers"] = ShellQuote.Directive($"{Job}-workers-%A_%a.log"),
            ["status"] = $"{string.Join(' ', Program.Append("status").Append(Folder).Append("--watch").Select(ShellQuote.Word))}",
            ["more"] = string.Join(' ', more.Select(ShellQuote.Word)),
            ["nodes"] = Number(request.Nodes),
            ["last-node"] = Number(request.Nodes - 1),
            ["gpu"] = request.IsForGpus ? "" : null,
            ["cpu"] = request.IsForGpus ? null : "",
            ["gpus-per-node"] = request.GpusPerNode is { } gpus ? Number(gpus) : null,
            ["tasks-per-node"] = Number(request.WorkersPerNode),
            ["cpus-per-task"] = Number(request.CoresPerWorker),
            ["time"] = request.Time,
            ["notes"] = Notes.IsEmpty ? null : string.Join("\n# ", Notes),
            ["datasets"] = Datasets.IsEmpty ? null : string.Join(" and ", Datasets),
            ["sbatch"] = request.Lines.IsEmpty ? null : string.Join("\n#SBATCH ", request.Lines),
            ["sweeper"] = ShellQuote.Array(Program),
            ["sweep"] = ShellQuote.Array(Submitted),
            ["results"] = ShellQuote.Word(Results),
            ["folder"] = ShellQuote.Word(Folder),
            ["device"] = request.IsForGpus ? "cuda:0" : "cpu",
            ["doctor"] = (request.GpusPerNode is { } wanted ? $" --gpus {Number(wanted)}" : "") + (isMixed ? " --mixed" : ""),
        };
        foreach (var option in (string[])["mem", "partition", "account", "qos", "constraint"])
        {
            values[option] = request.Also.TryGetValue(option, out var value) ? ShellQuote.Directive(value) : null;
        }

        values["keep"] = Template.Fill("slurm/keep.sh", values);
        return Template.Fill($"slurm/{file}", values) + "\n";
    }

    /// <summary>What has a meaning in the pattern of a file's name, or none in the name of a job.</summary>
    [GeneratedRegex("[^A-Za-z0-9_.@-]")]
    private static partial Regex Unfit();

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
