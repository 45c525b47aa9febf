namespace Sweeper.Training.Quantities;

/// <summary>The teacher's modes on a split.</summary>
internal sealed record TeacherModes(string Split) : IQuantity<Modes>
{
    /// <inheritdoc/>
    public bool IsConstant => true;

    /// <inheritdoc/>
    public Modes Compute(NetworkSnapshot snapshot)
    {
        var teacher = snapshot.Program.Teacher ?? throw new InvalidOperationException("this program has no teacher");
        var inputs = snapshot.Split(Split).Inputs.to(teacher.Parameters.Flat.dtype);
        return BatchedSvd.Full(teacher.Model.Jacobians(teacher.Parameters, inputs));
    }
}
