using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sweeper.Core.Errors;

namespace Sweeper.Kubernetes;

/// <summary>What a user asks Kubernetes for, as typed.</summary>
/// <param name="Name">Name of the Job, and begin of the names of all else.</param>
/// <param name="Namespace">Namespace; null: that of whoever applies the manifests.</param>
/// <param name="Workers">Workers, each a pod of its own.</param>
/// <param name="Gpus">GPUs of each worker: 1, or 0 where the CPU trains.</param>
/// <param name="Image">Container image with `sweeper` as its entry point.</param>
/// <param name="StorageClass">Class of the volume for results.</param>
/// <param name="Storage">Size of that volume, as a quantity.</param>
/// <param name="Cpu">Cores of each worker, as a quantity.</param>
/// <param name="Memory">Memory of each worker, as a quantity.</param>
/// <param name="Secret">Name of a secret that is there already, with a cluster file in it; null: one is made.</param>
internal sealed partial record KubernetesRequest(
    string Name, string? Namespace, int Workers, int Gpus, string Image, string StorageClass, string Storage, string Cpu, string Memory,
    string? Secret)
{
    /// <summary>Name of a claim that is there already, with the files of data sets; null: there is none.</summary>
    public string? Data { get; init; }

    /// <summary>Names of hosts and labels.</summary>
    private const int LongestLabel = 63;

    /// <summary>Names of all else.</summary>
    private const int LongestName = 253;

    /// <summary>What a name of a Job leaves for `-coordinator`, and for `-workers-` with an index of five digits.</summary>
    private const int LongestOwnName = LongestLabel - 15;

    /// <summary>Indices of a Job.</summary>
    private const int MostWorkers = 100_000;

    /// <summary>The name of a sweep, as names are written in Kubernetes.</summary>
    public static string NameOf(string sweep)
    {
        var name = string.Concat(sweep.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')).Trim('-');
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : $"sweep-{name}".Trim('-');
    }

    /// <summary>Throws <see cref="SweepException"/> (usage) for all that Kubernetes would refuse, or take for something else.</summary>
    public KubernetesRequest Checked()
    {
        var faults = Faults().Select(fault => new SweepException(ExitCode.Usage, fault.Problem, fault.Remedy)).ToImmutableArray();
        return faults.IsEmpty ? this : throw SweepException.Together(faults);
    }

    private IEnumerable<(string Problem, string Remedy)> Faults()
    {
        if (!HostName().IsMatch(Name) || Name.Length > LongestOwnName)
        {
            yield return ($"--name '{Name}' cannot be a name of Kubernetes here",
                $"Write at most {LongestOwnName} small letters, digits and '-'; a letter first, no '-' at the end.");
        }

        if (Namespace is not null && (!Label().IsMatch(Namespace) || Namespace.Length > LongestLabel))
        {
            yield return ($"--namespace '{Namespace}' is no name of a namespace",
                $"`kubectl get namespaces` lists them: at most {LongestLabel} small letters, digits and '-'.");
        }

        foreach (var (option, value) in ((string, string?)[])[("--storage-class", StorageClass), ("--secret", Secret), ("--data", Data)])
        {
            if (value is not null && (!Subdomain().IsMatch(value) || value.Length > LongestName))
            {
                yield return ($"{option} '{value}' is no name of Kubernetes",
                    "Such names are small letters, digits, '-' and '.'; a letter or digit first and last.");
            }
        }

        if (!ImageName().IsMatch(Image))
        {
            yield return ($"--image '{Image}' is no name of an image", "Write it as registry/name:tag: registry.lab.example/sweeper:1.");
        }

        if (Workers is < 1 or > MostWorkers)
        {
            yield return ($"--workers {Workers} is not from 1 to {MostWorkers}", "Each worker is a pod with one device.");
        }

        if (Gpus is < 0 or > 1)
        {
            yield return ($"--gpus {Gpus}: a worker trains on one GPU", Gpus > 1 && Workers > 0
                ? $"For {Gpus} GPUs a node and {Workers} nodes write --workers {(long)Workers * Gpus} --gpus 1."
                : "Write --gpus 1, or --gpus 0 for the CPU.");
        }

        foreach (var (option, value, remedy) in ((string, string, string)[])
            [("--storage", Storage, "10Gi"), ("--memory", Memory, "4Gi")])
        {
            if (!IsPositive(BytesFormat().Match(value)))
            {
                yield return ($"{option} '{value}' is no amount of bytes", $"Write {remedy}: a number and Ki, Mi, Gi, Ti, or k, M, G, T.");
            }
        }

        if (!IsPositive(CpuFormat().Match(Cpu)))
        {
            yield return ($"--cpu '{Cpu}' is no number of cores", "Write 2, 0.5 or 500m.");
        }
    }

    private static bool IsPositive(Match match) => match.Success && decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) > 0;

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    /// <summary>Host with port, path, tag, digest: the grammar of image references.</summary>
    [GeneratedRegex(
        @"^([a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:\d{1,5})?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
        + @"(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?\z")]
    private static partial Regex ImageName();

    [GeneratedRegex(@"^(\d{1,15}(?:\.\d{1,3})?)(?:[KMGTPE]i|[kMGTPE])?\z")]
    private static partial Regex BytesFormat();

    [GeneratedRegex(@"^(\d{1,9}(?:\.\d{1,3})?|\d{1,12}(?=m))m?\z")]
    private static partial Regex CpuFormat();
}
