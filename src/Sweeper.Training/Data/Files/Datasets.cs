using System.Collections.Immutable;
using Sweeper.Training.Data.Made;

namespace Sweeper.Training.Data.Files;

/// <summary>The data sets that experiments know by name, with lengths and hashes of their files.</summary>
public static class Datasets
{
    private static readonly ImageShape Digits = new(60_000, 1, 28, 10);

    /// <summary>Images, as they are published.</summary>
    public static ImmutableArray<ImageDataset> Images { get; } =
    [
        new("mnist", "mnist",
            [
                Packed(
                    "train-images-idx3-ubyte", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", 47_040_016,
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                Packed(
                    "train-labels-idx1-ubyte", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", 60_008,
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            ],
            ImageFormat.Idx,
            "MNIST of LeCun, Cortes and Burges: http://yann.lecun.com/exdb/mnist, or, where that does not answer, the mirror of PyTorch: "
            + "https://ossci-datasets.s3.amazonaws.com/mnist", Digits),
        new("mnist-test", "mnist",
            [
                Packed(
                    "t10k-images-idx3-ubyte", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", 7_840_016,
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                Packed(
                    "t10k-labels-idx1-ubyte", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", 10_008,
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            ],
            ImageFormat.Idx,
            "the test files of MNIST, http://yann.lecun.com/exdb/mnist or https://ossci-datasets.s3.amazonaws.com/mnist: 1.6 MB are enough "
            + "for demonstrations", Digits with { Images = 10_000 }),
        new("fashion-mnist", "fashion-mnist",
            [
                new("train-images-idx3-ubyte.gz", 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                new("train-labels-idx1-ubyte.gz", 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            ],
            ImageFormat.Idx, "Fashion-MNIST of Xiao, Rasul and Vollgraf: https://github.com/zalandoresearch/fashion-mnist", Digits),
        new("cifar10", "cifar10",
            [new("cifar-10-binary.tar.gz", 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")],
            ImageFormat.Cifar,
            "CIFAR-10 of Krizhevsky, the binary version as it is, not unpacked: https://www.cs.toronto.edu/~kriz/cifar.html",
            CifarArchive.Shape),
    ];

    /// <summary>All, in the order of documentation.</summary>
    public static ImmutableArray<Dataset> All { get; } = [.. Images, .. MadeDatasets.All];

    /// <summary>By name, or null.</summary>
    public static Dataset? Find(string name) => All.FirstOrDefault(dataset => dataset.Name == name);

    /// <summary>Images by name, or null.</summary>
    public static ImageDataset? FindImages(string name) => Images.FirstOrDefault(dataset => dataset.Name == name);

    private static DataFile Packed(string name, long packedBytes, string packedHash, long bytes, string hash) =>
        new($"{name}.gz", packedBytes, packedHash) { Unpacked = new DataFile(name, bytes, hash) };
}
