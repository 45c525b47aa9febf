using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sweeper.Cluster.Hosting;
using Sweeper.Running;
using Sweeper.Templates;

namespace Sweeper.Kubernetes;

/// <summary>What is given to `kubectl apply`: the template `cluster-config/kubernetes/sweep.yaml`, filled for one sweep.</summary>
internal static class KubernetesManifests
{
    /// <summary>Where the coordinator listens in its pod, and its Service outside.</summary>
    private const int Port = 4711;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The manifests. With a secret of their own they have a new certificate each time.</summary>
    public static string Of(KubernetesRequest request, KubernetesSweep sweep)
    {
        var isOnGpu = request.Gpus > 0;
        string[] submit =
        [
            "submit", $"/sweep/{sweep.File}", .. sweep.Overrides, "--results", "/data/results", "--cluster", "/secret/cluster.json",
        ];
        return Template.Fill("kubernetes/sweep.yaml", new Dictionary<string, string?>
        {
            ["sweep"] = sweep.Name,
            ["file"] = sweep.File,
            ["sweep-file"] = sweep.Text.ReplaceLineEndings("\n").TrimEnd('\n'),
            ["name"] = request.Name,
            ["namespace"] = request.Namespace,
            ["kubectl"] = request.Namespace is { } space ? $" -n {space}" : "",
            ["labels"] = Labels(request.Name),
            ["coordinator-labels"] = Labels(request.Name, "coordinator"),
            ["worker-labels"] = Labels(request.Name, "worker"),
            ["own-secret"] = request.Secret is null ? "" : null,
            ["secret"] = request.Secret ?? $"{request.Name}-cluster",
            ["credential"] = ClusterFile.Fixed(Coordinator(request.Name)).TrimEnd('\n'),
            ["port"] = Number(Port),
            ["image"] = request.Image,
            ["storage-class"] = request.StorageClass,
            ["storage"] = request.Storage,
            ["cpu"] = request.Cpu,
            ["memory"] = request.Memory,
            ["data"] = request.Data,
            ["with-data"] = request.Data is null ? null : "",
            ["lacking"] = sweep.Lacking.IsEmpty ? null : string.Join(" and ", sweep.Lacking),
            ["workers"] = Number(request.Workers),
            ["gpu"] = isOnGpu ? "" : null,
            ["device"] = isOnGpu ? "cuda:0" : "cpu",
            ["submit"] = Words([.. submit.Select(Literal), "--advertise", "$(POD_IP)", "--drain"]),
        }) + "\n";
    }

    /// <summary>Where pods of one name look for their coordinator.</summary>
    public static NodeAddress Coordinator(string name) => new($"{name}-coordinator", Port);

    private static string Labels(string name, string? component = null) =>
        $"{{app.kubernetes.io/name: sweeper, app.kubernetes.io/instance: \"{name}\""
        + (component is null ? "}" : $", app.kubernetes.io/component: {component}}}");

    /// <summary>An argument as it is: Kubernetes reads `$(NAME)` in them.</summary>
    private static string Literal(string word) => word.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>A list in one line; a string of JSON is one of YAML.</summary>
    private static string Words(IEnumerable<string> words) =>
        $"[{string.Join(", ", words.Select(word => JsonSerializer.Serialize(word, Readable)))}]";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
