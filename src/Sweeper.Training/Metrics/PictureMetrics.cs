using Sweeper.Core.Experiments;
using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>What networks see in pictures of two classes, which stand in turn.</summary>
internal static class PictureMetrics
{
    private const string Validation = "validation";

    /// <summary>Outputs at pictures.</summary>
    public static Metric LatentCode { get; } = new(
        "latent_code", 1,
        "The network's outputs at the validation pictures of each class (component: `class 1: latent 2`); indices are examples.",
        [
            new Dimension("output", MetricColumn.Component, networks => networks.Outputs),
            new Dimension("validation example", MetricColumn.Index, networks => networks.ValidationExamples),
        ],
        snapshot =>
        {
            var codes = snapshot.Get(new Outputs(Validation));
            return Enumerable.Range(0, 2).SelectMany(label => Enumerable.Range(0, (int)codes.shape[2]), (label, latent) => new MetricValues(
                Validation, $"class {label}: latent {latent + 1}", codes.slice(1, label, codes.shape[1], 2).select(2, latent)));
        });

    /// <summary>Right singular vectors as pictures.</summary>
    public static Metric ModePicture { get; } = new(
        "mode_picture", 2,
        "For teacher and student the first validation picture of each class (component `class 1, student: input`) and, as pictures, "
        + "the right singular vectors of the Jacobian at it (`class 1, student: mode 2`): what in the input each mode answers to. Signs "
        + "are such that a mode's picture correlates with the input.",
        [
            new Dimension("picture", MetricColumn.Component, networks => 4L * (1 + networks.Modes)),
            new Dimension("pixel", MetricColumn.Index, networks => networks.Inputs),
        ],
        ModePictures)
    {
        Vectors = SingularVectors.OfJacobians,
    };

    private static IEnumerable<MetricValues> ModePictures(NetworkSnapshot snapshot)
    {
        var pictures = snapshot.Split(Validation).Inputs.to(ScalarType.Float64);
        var (teacher, student) = (snapshot.Get(new TeacherModes(Validation)), snapshot.Get(new JacobianModes(Validation)));
        foreach (var (name, modes) in new[] { ("teacher", teacher), ("student", student) })
        {
            for (var label = 0; label < 2; label++)
            {
                var (example, vectors) = (pictures.select(1, label), modes.V.select(1, label));
                yield return new MetricValues(Validation, $"class {label}, {name}: input", example);
                var signed = vectors * vectors.mul(example.unsqueeze(2)).sum(1, keepdim: true).sign();
                for (var mode = 0; mode < signed.shape[2]; mode++)
                {
                    yield return new MetricValues(Validation, $"class {label}, {name}: mode {mode + 1}", signed.select(2, mode));
                }
            }
        }
    }
}
