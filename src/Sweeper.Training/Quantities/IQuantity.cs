namespace Sweeper.Training.Quantities;

/// <summary>
/// Something several metrics need. A record: equal quantities are computed once a snapshot (<see cref="NetworkSnapshot"/>).
/// </summary>
internal interface IQuantity<out T>
{
    /// <summary>Whether training does not change it; then it is computed once a pack.</summary>
    bool IsConstant => false;

    /// <summary>Computes it, from other quantities where that saves work.</summary>
    T Compute(NetworkSnapshot snapshot);
}
