using System.Collections.Immutable;
using k8s;
using k8s.Models;

namespace Sweeper.Tests.Kubernetes;

/// <summary>What was printed, read by the models of the Kubernetes client: fields that they do not know are errors.</summary>
internal sealed record Manifests(ImmutableArray<IKubernetesObject<V1ObjectMeta>> All)
{
    public static Manifests Of(string text) =>
        new([.. KubernetesYaml.LoadAllFromString(text, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()]);

    public V1Job Sweep => All.OfType<V1Job>().Single(job => job.Spec.CompletionMode is null);

    public V1Job Workers => All.OfType<V1Job>().Single(job => job.Spec.CompletionMode == "Indexed");

    public IEnumerable<V1PodSpec> Pods => All.OfType<V1Job>().Select(job => job.Spec.Template.Spec);

    public V1Container Worker => Workers.Spec.Template.Spec.Containers.Single();

    public V1Container Submit => Sweep.Spec.Template.Spec.Containers.Single();

    public V1Container Coordinator => Sweep.Spec.Template.Spec.InitContainers.Single();

    public T One<T>() => All.OfType<T>().Single();

    public static IEnumerable<V1Container> Containers(V1PodSpec pod) => (pod.InitContainers ?? []).Concat(pod.Containers);
}
