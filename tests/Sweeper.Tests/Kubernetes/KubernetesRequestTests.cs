using Sweeper.Core.Errors;
using Sweeper.Kubernetes;
using Sweeper.Tests.CommandLine;
using Xunit;

namespace Sweeper.Tests.Kubernetes;

/// <summary>What Kubernetes would refuse is refused before anything is printed.</summary>
public sealed class KubernetesRequestTests
{
    private static readonly string Quickstart = Path.Combine(Repository.Root, "sweeps/quickstart.yaml");
    private static readonly KubernetesRequest Fine = new("decay", "theory", 16, 1, "sweeper", "fast", "10Gi", "2", "4Gi", null);

    [Theory]
    [InlineData("decay", "decay")]
    [InlineData("decay@quick", "decay-quick")]
    [InlineData("2-layers", "sweep-2-layers")]
    [InlineData("a-", "a")]
    public void A_sweep_gives_its_name(string sweep, string name)
    {
        Assert.Equal(name, KubernetesRequest.NameOf(sweep));
        Assert.Same(Fine, Fine.Checked());
        _ = (Fine with { Name = name }).Checked();
    }

    [Theory]
    [InlineData("sweeper")]
    [InlineData("sweeper:1")]
    [InlineData("localhost:5000/theory/sweeper:1.2-cuda")]
    [InlineData("registry.lab.example/a_b/sweeper@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Images_have_names_like_these(string image) => _ = (Fine with { Image = image }).Checked();

    [Theory]
    [InlineData("Sweeper")]
    [InlineData("lab/sweeper:a b")]
    [InlineData("sweeper:")]
    [InlineData("")]
    [InlineData("sweeper\nx: y")]
    public void And_not_like_these(string image) =>
        Assert.Equal($"--image '{image}' is no name of an image", Fault(Fine with { Image = image }));

    [Theory]
    [InlineData("500m", "4Gi")]
    [InlineData("0.5", "1.5Gi")]
    [InlineData("64", "4294967296")]
    [InlineData("1", "128M")]
    public void Quantities_are_those_of_Kubernetes(string cpu, string memory) =>
        _ = (Fine with { Cpu = cpu, Memory = memory, Storage = memory }).Checked();

    [Theory]
    [InlineData("4GB")]
    [InlineData("4g")]
    [InlineData("400m")]
    [InlineData("0")]
    [InlineData("-1Gi")]
    [InlineData("1 Gi")]
    [InlineData("4Gi\n")]
    public void Amounts_that_Kubernetes_does_not_know_or_takes_for_another_are_told(string amount)
    {
        Assert.Equal($"--memory '{amount}' is no amount of bytes", Fault(Fine with { Memory = amount }));
        Assert.Equal($"--storage '{amount}' is no amount of bytes", Fault(Fine with { Storage = amount }));
    }

    [Theory]
    [InlineData("2Gi")]
    [InlineData("0m")]
    [InlineData("1.5.1")]
    [InlineData("two")]
    public void And_so_are_cores(string cpu) => Assert.Equal($"--cpu '{cpu}' is no number of cores", Fault(Fine with { Cpu = cpu }));

    [Fact]
    public void All_that_is_wrong_is_told_together()
    {
        var faults = Assert.Throws<SweepException>(
            () => new KubernetesRequest(new string('a', 49), "a.b", 0, 8, ":", "Fast", "1", "1", "1", "a_b").Checked());
        Assert.Equal(ExitCode.Usage, faults.ExitCode);
        Assert.Equal(
            [
                $"--name '{new string('a', 49)}' cannot be a name of Kubernetes here", "--namespace 'a.b' is no name of a namespace",
                "--storage-class 'Fast' is no name of Kubernetes", "--secret 'a_b' is no name of Kubernetes",
                "--image ':' is no name of an image",
                "--workers 0 is not from 1 to 100000", "--gpus 8: a worker trains on one GPU",
            ],
            faults.Others.Prepend(faults).Select(fault => fault.Message));
    }

    [Fact]
    public void Eight_GPUs_of_four_nodes_are_32_workers() => Assert.Contains(
        "--workers 32 --gpus 1",
        Assert.Throws<SweepException>(() => (Fine with { Workers = 4, Gpus = 8 }).Checked()).Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData("my sweep.yaml", "a ConfigMap cannot hold a file of this name")]
    [InlineData("large.yaml", "this sweep file is larger than a ConfigMap may be (1 MiB)")]
    public void What_a_ConfigMap_cannot_hold_is_told(string file, string problem)
    {
        var sweep = new KubernetesSweep("large", $"/lab/{file}", new string('#', 1 << 20), []);
        Assert.Equal(problem, Assert.Throws<SweepException>(sweep.Checked).Message);
    }

    [Fact]
    public async Task The_verb_prints_manifests_and_nothing_else()
    {
        var run = await InProcess.Run(
            "kubernetes", Quickstart, "--profile", "quick", "--workers", "4", "--image", "sweeper:1", "--storage-class", "fast", "--mixed");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var manifests = Manifests.Of(run.Output);
        Assert.Equal("quickstart-quick", manifests.Sweep.Metadata.Name);
        Assert.Equal(["submit", "/sweep/quickstart.yaml", "--profile", "quick", "--mixed"], manifests.Submit.Args.Take(5));
    }

    [Fact]
    public async Task Faults_end_with_2_and_print_no_manifest()
    {
        var run = await InProcess.Run(
            "kubernetes", Quickstart, "--workers", "4", "--image", "sweeper:1", "--storage-class", "fast", "--memory", "4GB");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("error: --memory '4GB' is no amount of bytes\n", run.Error, StringComparison.Ordinal);
    }

    private static string Fault(KubernetesRequest request) => Assert.Throws<SweepException>(request.Checked).Message;
}
