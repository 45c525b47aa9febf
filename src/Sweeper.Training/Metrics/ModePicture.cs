using Sweeper.Training.Quantities;
using static TorchSharp.torch;

namespace Sweeper.Training.Metrics;

/// <summary>See <see cref="IMetric.Doc"/>.</summary>
internal sealed class ModePicture : IMetric
{
    /// <inheritdoc/>
    public string Name => "mode_picture";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public string Doc => "For teacher and student the first validation picture of each class (component `class 1, student: input`) and, as pictures, "
        + "the right singular vectors of the Jacobian at it (`class 1, student: mode 2`): what in the input each mode answers to. Signs "
        + "are such that a mode's picture correlates with the input.";

    /// <inheritdoc/>
    public string Shape => "one a picture and pixel";

    /// <inheritdoc/>
    public SingularVectors Vectors => SingularVectors.OfJacobians;

    /// <inheritdoc/>
    public long Rows(NetworkDeclaration networks) => 4L * (1 + networks.Modes) * networks.Inputs;

    /// <inheritdoc/>
    public IEnumerable<MetricValues> Measure(NetworkSnapshot snapshot)
    {
        const string Split = "validation";
        var pictures = snapshot.Split(Split).Inputs.to(ScalarType.Float64);
        foreach (var (name, modes) in new[] { ("teacher", snapshot.Get(new TeacherModes(Split))), ("student", snapshot.Get(new JacobianModes(Split))) })
        {
            for (var label = 0; label < 2; label++)
            {
                var (example, vectors) = (pictures.select(1, label), modes.V.select(1, label));
                yield return new MetricValues(Split, $"class {label}, {name}: input", example);
                var signed = vectors * vectors.mul(example.unsqueeze(2)).sum(1, keepdim: true).sign();
                for (var mode = 0; mode < signed.shape[2]; mode++)
                {
                    yield return new MetricValues(Split, $"class {label}, {name}: mode {mode + 1}", signed.select(2, mode));
                }
            }
        }
    }
}
