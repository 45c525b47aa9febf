using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sweeper.Core.Errors;

namespace Sweeper.Slurm;

/// <summary>What a user asks SLURM for, as typed.</summary>
/// <param name="Nodes">Nodes; of workers that join, jobs of one node each.</param>
/// <param name="GpusPerNode">GPUs, and so workers, of each node; null: the CPU trains.</param>
/// <param name="CpusPerNode">Cores of each node; without GPUs a worker for each; null: some for each GPU.</param>
/// <param name="Time">Time limit, as SLURM writes it.</param>
/// <param name="Also">Values of options that are handed on as they are, by the option's name: `partition`, `account`, `qos`,
/// `constraint`, `mem`.</param>
/// <param name="Lines">Further options of sbatch: `--exclusive`, `--gres=...`.</param>
internal sealed partial record SlurmRequest(
    int Nodes, int? GpusPerNode, int? CpusPerNode, string Time, ImmutableDictionary<string, string> Also, ImmutableArray<string> Lines)
{
    /// <summary>How long before the end workers are told to leave; a shorter job would have no time to train.</summary>
    private static readonly TimeSpan Warning = TimeSpan.FromMinutes(2);

    /// <summary>A worker trains with one core and talks with another.</summary>
    private const int CoresPerGpu = 2;

    /// <summary>Whether GPUs train.</summary>
    public bool IsForGpus => GpusPerNode is not null;

    /// <summary>Workers of each node.</summary>
    public int WorkersPerNode => GpusPerNode ?? CpusPerNode ?? 0;

    /// <summary>Cores of each worker.</summary>
    public int CoresPerWorker => GpusPerNode is not { } gpus ? 1 : CpusPerNode is { } cores ? cores / gpus : CoresPerGpu;

    /// <summary>All that SLURM would refuse, or that would do something else than it seems (usage).</summary>
    public ImmutableArray<SweepException> Faults =>
        [.. Wrong().Select(fault => new SweepException(ExitCode.Usage, fault.Problem, fault.Remedy))];

    /// <summary>The options of `sweeper slurm` that ask for the same.</summary>
    public ImmutableArray<string> Words =>
    [
        "--nodes", $"{Nodes}",
        .. GpusPerNode is { } gpus ? ["--gpus-per-node", $"{gpus}"] : Array.Empty<string>(),
        .. CpusPerNode is { } cores ? ["--cpus-per-node", $"{cores}"] : Array.Empty<string>(),
        "--time", Time,
        .. Also.OrderBy(option => option.Key, StringComparer.Ordinal).SelectMany(option => new[] { $"--{option.Key}", option.Value }),
        .. Lines.Select(line => $"--sbatch={line}"),
    ];

    /// <summary>A time limit as SLURM reads it; null for what is none. `UNLIMITED` is the longest one.</summary>
    internal static TimeSpan? Limit(string text)
    {
        if (text.Equals("UNLIMITED", StringComparison.OrdinalIgnoreCase))
        {
            return TimeSpan.MaxValue;
        }

        if (TimeFormat().Match(text) is not { Success: true } match)
        {
            return null;
        }

        int Part(string name) =>
            match.Groups[name] is { Success: true, Value: var value } ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromDays(Part("d"), Part("h"), Part("m"), Part("s"));
    }

    private IEnumerable<(string Problem, string Remedy)> Wrong()
    {
        (string Option, int? Value)[] numbers = [("--nodes", Nodes), ("--gpus-per-node", GpusPerNode), ("--cpus-per-node", CpusPerNode)];
        foreach (var (option, value) in numbers.Where(number => number.Value < 1))
        {
            yield return ($"{option} {value} trains nothing", "Give it at least 1, or leave it out.");
        }

        if (GpusPerNode is null && CpusPerNode is null)
        {
            yield return ("neither GPUs nor cores are asked for",
                "Write --gpus-per-node N (a worker for each GPU), or --cpus-per-node N (a worker for each core).");
        }

        if (GpusPerNode is > 0 and var gpus && CpusPerNode is > 0 and var cores && cores % gpus != 0)
        {
            yield return ($"{cores} cores cannot be shared evenly by {gpus} GPUs",
                $"Write --cpus-per-node {Math.Max(1, cores / gpus) * gpus}, or leave it out.");
        }

        var limit = Limit(Time);
        if (limit is null)
        {
            yield return ($"--time '{Time}' is no time limit",
                "SLURM knows minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds.");
        }
        else if (limit <= Warning)
        {
            yield return ($"--time {Time} is no longer than the two minutes that workers have for leaving",
                "Write --time 00:10:00 or more.");
        }

        var unfit = Also.Where(option => !Word().IsMatch(option.Value)).OrderBy(option => option.Key, StringComparer.Ordinal);
        foreach (var (name, value) in unfit)
        {
            yield return ($"--{name} '{value}' is not one word", "Write its value without spaces and quotes.");
        }

        if (Also.TryGetValue("mem", out var memory) && Word().IsMatch(memory) && !Memory().IsMatch(memory))
        {
            yield return ($"--mem '{memory}' is no amount of memory", "Write 64G, or 0 for all that a node has.");
        }

        foreach (var line in Lines.Where(line => !Option().IsMatch(line)))
        {
            yield return ($"--sbatch '{line}' is no option of sbatch", "Write it as sbatch reads it: --sbatch '--exclusive'.");
        }
    }

    [GeneratedRegex(
        @"^(?:(?<d>\d{1,5})-(?<h>\d{1,5})(?::(?<m>\d{1,5})(?::(?<s>\d{1,5}))?)?"
        + @"|(?<h>\d{1,5}):(?<m>\d{1,5}):(?<s>\d{1,5})|(?<m>\d{1,7})(?::(?<s>\d{1,5}))?)\z")]
    private static partial Regex TimeFormat();

    [GeneratedRegex(@"^[^\s""'\\#]+\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\d+[KMGT]?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Memory();

    [GeneratedRegex(@"^-(-[a-z]|[A-Za-z])[^\r\n]*\z")]
    private static partial Regex Option();
}
