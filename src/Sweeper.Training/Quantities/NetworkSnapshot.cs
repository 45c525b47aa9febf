using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Objectives;
using Sweeper.Training.Phases;

namespace Sweeper.Training.Quantities;

/// <summary>The networks of a pack at one step, and what was computed of them so far. Every lane is finite.</summary>
/// <param name="program">What is trained.</param>
/// <param name="parameters">[K, P] at this step.</param>
/// <param name="constants">Quantities that hold for all steps; filled as they are asked for.</param>
internal sealed class NetworkSnapshot(Program program, ParameterSet parameters, PackConstants constants)
{
    private readonly Dictionary<object, object> computed = [];

    /// <summary>What is trained.</summary>
    public Program Program => program;

    /// <summary>What holds for all steps.</summary>
    public PackConstants Constants => constants;

    /// <summary>[K, P] at this step.</summary>
    public ParameterSet Parameters => parameters;

    /// <summary>The same networks after the last step; for metrics that look back.</summary>
    public NetworkSnapshot Final
    {
        get => field ?? throw new InvalidOperationException("training has not ended");
        init;
    }

    /// <summary>Of what some metric of this step reads singular vectors: where none does, values alone are computed.</summary>
    public SingularVectors Vectors { get; init; }

    /// <summary>The loss that is measured.</summary>
    public IObjective Reported => program.Reported ?? throw new InvalidOperationException("this program reports no loss");

    /// <summary>The weights whose product is measured.</summary>
    public WeightChain Chain => program.Chain ?? throw new InvalidOperationException("this program has no chain of weights");

    /// <summary>A part of the data by name.</summary>
    public Split Split(string name) => program.Splits.Concat(program.LossSplits).First(split => split.Name == name);

    /// <summary>A quantity, computed at the first request.</summary>
    public T Get<T>(IQuantity<T> quantity)
        where T : notnull
    {
        if (quantity.IsConstant)
        {
            return constants.Get(quantity, this);
        }

        if (!computed.TryGetValue(quantity, out var value))
        {
            value = quantity.Compute(this);
            computed[quantity] = value;
        }

        return (T)value;
    }
}
