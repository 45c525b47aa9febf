using Sweeper.Core.Sweeps;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Running;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Data.Files;

/// <summary>The 10,000 test images of MNIST, where they are at hand; else these tests count as skipped.</summary>
public sealed class MnistTests
{
    [Fact]
    public void The_published_files_hold_as_many_images_of_each_digit_as_their_authors_say()
    {
        Need();
        var set = DataStore.Load(Datasets.FindImages("mnist-test")!);
        Assert.Equal(
            [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
            Enumerable.Range(0, 10).Select(digit => set.Labels.Count(label => label == digit)));
        // The first image is a seven.
        Assert.Equal(7, set.Labels[0]);
        Assert.Equal(10_000 * 784, set.Pixels.Length);
    }

    [Fact]
    public void Training_and_validation_images_are_different_and_standardised_by_the_training_images()
    {
        Need();
        using var scope = NewDisposeScope();
        var program = Build("train_examples: 8000, validation_examples: 2000, dtype: float64");
        var inputs = program.Splits[0].Inputs;
        Assert.Equal([4L, 8000, 784], inputs.shape);
        Assert.Equal(0, inputs.stride(0));
        Assert.Equal(0, inputs[0].mean().Number(), 1e-10);
        Assert.Equal(1, inputs[0].square().mean().Number(), 1e-10);
        var counts = program.Splits.Select(split => split.Targets[0].to(ScalarType.Int64).bincount(null, 10).Numbers()).ToArray();
        Assert.Equal(
            [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
            counts[0].Zip(counts[1], (training, validation) => training + validation));
    }

    [Fact]
    public void A_small_network_learns_digits()
    {
        Need();
        var catalog = new ExperimentCatalog();
        var plan = Plan(
            "train_examples: 2000, validation_examples: 1000, depth: 2, width: 32, steps: 150, batch: 50, learning_rate: 0.05", catalog);
        var measured = new Measured();
        new PackRunner("cpu", catalog)
            .Run(plan.WorkFor(plan.Packs[0], static (_, _) => true), measured, TestContext.Current.CancellationToken);
        Assert.InRange(measured.Of("accuracy", 0, 0, "validation")[0], 0, 0.3);
        Assert.InRange(measured.Of("accuracy", 150, 0, "validation")[0], 0.8, 1);
    }

    private static Program Build(string settings) => TestPacks.Program(new MlpClassifier(), Plan(settings, new ExperimentCatalog()));

    private static SweepPlan Plan(string settings, ExperimentCatalog catalog) => SweepPlan.Parse(
        $"sweep: a\nexperiment: mlp-classifier\nfixed: {{ dataset: mnist-test, {settings} }}\nseeds: 4\n"
        + "measure: [ { at: { every: 150 }, metrics: [accuracy] } ]", catalog);

    private static void Need() =>
        Assert.SkipUnless(TestImages.AreHere, $"the test images of MNIST are not here; {DataFolders.Variable} may name their folder");
}
