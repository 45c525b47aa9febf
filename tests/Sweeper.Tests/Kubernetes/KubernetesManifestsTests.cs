using System.Diagnostics;
using Sweeper.Kubernetes;
using Sweeper.Results.Files;
using Sweeper.Running;
using Sweeper.Training.Data.Files;
using Xunit;
using k8s.Models;

namespace Sweeper.Tests.Kubernetes;

/// <summary>The printed manifests against what Kubernetes publishes of its objects, and what it checks beyond.</summary>
public sealed class KubernetesManifestsTests
{
    private const string Nasty = "noise=linspace(0, 1, 5) # $HOME $(POD_IP) \"x\" 'y' \\ {{name}} ä";

    private static readonly KubernetesRequest Gpus = new(
        "decay", null, 16, 1, "registry.lab.example:5000/sweeper:1", "fast", "10Gi", "2", "4Gi", null);
    private static readonly KubernetesSweep Sweep = new(
        "decay", "/lab/decay.yaml", "  # indented\nsweep: decay\n\n\tx: \"ä\" # {{name}}\n", ["--set", Nasty]);

    public static TheoryData<string> All =>
    [
        KubernetesManifests.Of(Gpus, Sweep),
        KubernetesManifests.Of(Gpus with { Gpus = 0, Workers = 1, Namespace = "theory", Secret = "given" }, Sweep),

        // Words of YAML that are no strings.
        KubernetesManifests.Of(
            Gpus with { Name = "true", Namespace = "null", StorageClass = "1e3", Cpu = "0.5", Memory = "1000000000" }, Sweep),
    ];

    [Theory, MemberData(nameof(All))]
    public void Every_object_has_the_fields_of_its_kind_and_a_name_that_can_be(string text)
    {
        var manifests = Manifests.Of(text);
        Assert.DoesNotContain("{{", text.Replace("{{name}}", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(
            ["Secret", "ConfigMap", "PersistentVolumeClaim", "Service", "NetworkPolicy", "Job", "Job"],
            manifests.All.Select(one => one.Kind).Where(kind => kind != "Secret").Prepend("Secret"));
        Assert.All(manifests.All, one => Assert.Matches("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", one.Metadata.Name));
        Assert.Equal(manifests.All.Length, manifests.All.Select(one => (one.Kind, one.Metadata.Name)).Distinct().Count());
        Assert.Single(manifests.All.Select(one => one.Metadata.NamespaceProperty).Distinct());
    }

    [Theory, MemberData(nameof(All))]
    public void Every_object_agrees_with_the_published_schema_read_by_other_software(string text)
    {
        var readers = Path.Combine(Repository.Root, "tools/readers");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(readers, "node_modules/kubernetes-models")),
            "the readers are not installed: npm ci in tools/readers");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("manifests.yaml"), text);
        Assert.Equal("", Complaints(readers, folder.In("manifests.yaml")));

        // And it is read: what has another type is found.
        File.WriteAllText(
            folder.In("manifests.yaml"),
            text.Replace("  completionMode: Indexed", "  completionMode: indexed", StringComparison.Ordinal));
        Assert.Contains(
            "completionMode must be equal to one of the allowed values", Complaints(readers, folder.In("manifests.yaml")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Workers_look_for_data_sets_on_the_volume_that_is_named()
    {
        var text = KubernetesManifests.Of(Gpus with { Data = "mnist" }, Sweep);
        var manifests = Manifests.Of(text);
        var volume = manifests.Workers.Spec.Template.Spec.Volumes.Single(volume => volume.PersistentVolumeClaim is not null);
        Assert.Equal(("mnist", true), (volume.PersistentVolumeClaim.ClaimName, volume.PersistentVolumeClaim.ReadOnlyProperty));
        var mount = manifests.Worker.VolumeMounts.Single(mount => mount.Name == volume.Name);
        Assert.True(mount.ReadOnlyProperty);
        Assert.Equal((DataFolders.Variable, mount.MountPath), manifests.Worker.Env.Select(one => (one.Name, one.Value)).Single());

        Assert.Null(Manifests.Of(KubernetesManifests.Of(Gpus, Sweep)).Worker.Env);
        Assert.Contains(
            "no worker has them: print this with `--data CLAIM`", KubernetesManifests.Of(Gpus, Sweep with { Lacking = ["mnist"] }),
            StringComparison.Ordinal);
        Assert.DoesNotContain("no worker has them", text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public void What_refers_to_something_finds_it(string text)
    {
        var manifests = Manifests.Of(text);
        var service = manifests.One<V1Service>();
        var port = Assert.Single(service.Spec.Ports);
        Assert.Equal(Assert.Single(manifests.Coordinator.Ports).ContainerPort.ToString(), port.TargetPort.Value);
        Assert.Equal(manifests.Coordinator.Ports[0].Name, manifests.Coordinator.StartupProbe.TcpSocket.Port.Value);
        Assert.Equal(service.Metadata.Name, Assert.Single(Assert.Single(manifests.Sweep.Spec.Template.Spec.HostAliases).Hostnames));
        Assert.Superset(service.Spec.Selector.ToHashSet(), manifests.Sweep.Spec.Template.Metadata.Labels.ToHashSet());
        Assert.False(manifests.Workers.Spec.Template.Metadata.Labels.ToHashSet().IsSupersetOf(service.Spec.Selector));

        var policy = manifests.One<V1NetworkPolicy>().Spec;
        var members = policy.PodSelector.MatchLabels.ToHashSet();
        Assert.Equal(members, Assert.Single(Assert.Single(policy.Ingress).FromProperty).PodSelector.MatchLabels.ToHashSet());
        Assert.All(manifests.All.OfType<V1Job>(), job => Assert.Superset(members, job.Spec.Template.Metadata.Labels.ToHashSet()));

        string[] secrets = [.. manifests.All.OfType<V1Secret>().Select(secret => secret.Metadata.Name), "given"];
        foreach (var pod in manifests.Pods)
        {
            Assert.All(
                Manifests.Containers(pod),
                container => Assert.Subset(
                    pod.Volumes.Select(volume => volume.Name).ToHashSet(), container.VolumeMounts.Select(mount => mount.Name).ToHashSet()));
            Assert.All(
                pod.Volumes.Where(volume => volume.Secret is not null), volume => Assert.Contains(volume.Secret.SecretName, secrets));
            Assert.All(
                pod.Volumes.Where(volume => volume.ConfigMap is not null),
                volume => Assert.Equal(manifests.One<V1ConfigMap>().Metadata.Name, volume.ConfigMap.Name));
            Assert.All(
                pod.Volumes.Where(volume => volume.PersistentVolumeClaim is not null),
                volume => Assert.Equal(manifests.One<V1PersistentVolumeClaim>().Metadata.Name, volume.PersistentVolumeClaim.ClaimName));
        }

        foreach (var job in manifests.All.OfType<V1Job>())
        {
            var names = Manifests.Containers(job.Spec.Template.Spec).Select(container => container.Name).ToHashSet();
            Assert.All(
                job.Spec.PodFailurePolicy.Rules.Where(rule => rule.OnExitCodes is not null),
                rule => Assert.Contains(rule.OnExitCodes.ContainerName, names));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Disruptions_and_75_are_no_failures_and_what_would_fail_again_is_not_tried_again(string text)
    {
        var manifests = Manifests.Of(text);
        foreach (var (job, final) in new[] { (manifests.Sweep, new[] { 2, 3, 4, 6 }), (manifests.Workers, [2]) })
        {
            // Kubernetes takes a policy only with pods that it does not start again by itself.
            Assert.Equal("Never", job.Spec.Template.Spec.RestartPolicy);
            Assert.Collection(
                job.Spec.PodFailurePolicy.Rules,
                rule => Assert.Equal(("Ignore", "DisruptionTarget"), (rule.Action, Assert.Single(rule.OnPodConditions).Type)),
                rule => Assert.Equal(
                    ("Ignore", "In", 75), (rule.Action, rule.OnExitCodes.OperatorProperty, Assert.Single(rule.OnExitCodes.Values))),
                rule =>
                {
                    Assert.Equal(("FailJob", "In"), (rule.Action, rule.OnExitCodes.OperatorProperty));
                    Assert.Equal(final, rule.OnExitCodes.Values);
                });
            Assert.Equal("Failed", job.Spec.PodReplacementPolicy);
            Assert.True(job.Spec.Template.Spec.TerminationGracePeriodSeconds >= 60);
        }

        var workers = manifests.Workers.Spec;
        Assert.Equal(workers.Parallelism, workers.Completions);
        Assert.NotNull(workers.BackoffLimitPerIndex);
        Assert.Null(workers.BackoffLimit);
        Assert.Equal(1, Assert.Single(workers.SuccessPolicy.Rules).SucceededCount);
        Assert.Equal("Always", manifests.Coordinator.RestartPolicy);
    }

    [Theory, MemberData(nameof(All))]
    public void Pods_are_what_the_restricted_standard_of_Kubernetes_asks_for(string text)
    {
        foreach (var pod in Manifests.Of(text).Pods)
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.True(pod.SecurityContext.RunAsUser > 0);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.All(Manifests.Containers(pod), container =>
            {
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.Equal("ALL", Assert.Single(container.SecurityContext.Capabilities.Drop));
                Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
                Assert.Contains("/tmp", container.VolumeMounts.Select(mount => mount.MountPath));
            });

            // Nobody but root writes it, and nobody but root and the pod's group reads it.
            Assert.All(
                pod.Volumes.Where(volume => volume.Secret is not null),
                volume => Assert.Equal(Convert.ToInt32("440", 8), volume.Secret.DefaultMode));
            Assert.True(pod.SecurityContext.FsGroup > 0);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Every_container_has_a_command_line_of_this_program(string text)
    {
        var manifests = Manifests.Of(text);
        var verbs = new[] { (manifests.Coordinator, "coordinator"), (manifests.Submit, "submit"), (manifests.Worker, "worker") };
        foreach (var (container, verb) in verbs)
        {
            Assert.Equal(verb, container.Args[0]);
            Assert.Empty(global::Sweeper.CommandLine.Parse([.. container.Args]).Errors);
            Assert.Null(container.Command);
        }

        // `$$` is how Kubernetes writes a `$` that begins no name.
        Assert.Contains(Nasty.Replace("$", "$$", StringComparison.Ordinal), manifests.Submit.Args);
        Assert.Equal("/sweep/decay.yaml", manifests.Submit.Args[1]);
        Assert.Equal("status.podIP", Assert.Single(manifests.Submit.Env, one => one.Name == "POD_IP").ValueFrom.FieldRef.FieldPath);
    }

    [Theory, MemberData(nameof(All))]
    public void The_sweep_file_arrives_as_it_is(string text) =>
        Assert.Equal(Sweep.Text, Assert.Single(Manifests.Of(text).One<V1ConfigMap>().Data, file => file.Key == "decay.yaml").Value);

    [Fact]
    public void The_secret_is_a_cluster_file_for_the_service_and_another_one_each_time()
    {
        var first = Manifests.Of(KubernetesManifests.Of(Gpus, Sweep));
        using var folder = new TemporaryFolder();
        var file = folder.In("cluster.json");
        SecretFile.Replace(file, Assert.Single(first.One<V1Secret>().StringData, one => one.Key == "cluster.json").Value, null);
        var given = new ClusterFile(file).Given();
        var service = first.One<V1Service>();
        Assert.Equal((service.Metadata.Name, Assert.Single(service.Spec.Ports).Port), (given!.Address.Host, given.Address.Port));
        Assert.NotEqual(
            first.One<V1Secret>().StringData["cluster.json"],
            Manifests.Of(KubernetesManifests.Of(Gpus, Sweep)).One<V1Secret>().StringData["cluster.json"]);
    }

    [Fact]
    public void A_worker_has_a_GPU_or_none()
    {
        var with = Manifests.Of(KubernetesManifests.Of(Gpus, Sweep));
        Assert.Equal("1", with.Worker.Resources.Limits["nvidia.com/gpu"].ToString());
        Assert.Equal("nvidia.com/gpu", Assert.Single(with.Workers.Spec.Template.Spec.Tolerations).Key);
        Assert.Equal("cuda:0", with.Worker.Args[with.Worker.Args.IndexOf("--device") + 1]);
        Assert.Equal((16, 16), (with.Workers.Spec.Completions, with.Workers.Spec.Parallelism));

        var without = Manifests.Of(KubernetesManifests.Of(Gpus with { Gpus = 0 }, Sweep));
        Assert.Equal(["memory"], without.Worker.Resources.Limits.Keys);
        Assert.Null(without.Workers.Spec.Template.Spec.Tolerations);
        Assert.Equal("cpu", without.Worker.Args[without.Worker.Args.IndexOf("--device") + 1]);
    }

    [Fact]
    public void The_image_has_the_user_that_pods_run_as()
    {
        var dockerfile = File.ReadAllLines(Path.Combine(Repository.Root, "Dockerfile"));
        Assert.All(
            Manifests.Of(KubernetesManifests.Of(Gpus, Sweep)).Pods,
            pod => Assert.Contains($"USER {pod.SecurityContext.RunAsUser}:{pod.SecurityContext.RunAsGroup}", dockerfile));
    }

    [Fact]
    public void The_pod_of_the_documentation_can_read_the_volume()
    {
        var block = Markdown.Blocks("docs/kubernetes.md").Single(block => block.Info == "yaml fragment");
        var pod = Manifests.Of(block.Text).One<V1Pod>().Spec;
        var sweep = Manifests.Of(KubernetesManifests.Of(Gpus, Sweep)).Sweep.Spec.Template.Spec;
        Assert.Equal(
            sweep.Volumes.Single(volume => volume.Name == "results").PersistentVolumeClaim.ClaimName,
            pod.Volumes.Single(volume => volume.Name == "results").PersistentVolumeClaim.ClaimName);
        Assert.Equal(sweep.SecurityContext.RunAsUser, pod.SecurityContext.RunAsUser);
    }

    private static string Complaints(string readers, string file)
    {
        using var process = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(readers, "kubernetes.mjs"), file]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : $"it ended with {process.ExitCode}";
    }
}
