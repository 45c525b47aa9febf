using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Predicates;

namespace Sweeper.Results.Tables;

/// <summary>A column that holds a derived value: a number or a switch, null where it is undefined.</summary>
/// <param name="Derived">The value.</param>
/// <param name="Column">The column.</param>
/// <param name="Add">Adds a row.</param>
internal sealed record DerivedColumn(DerivedValue Derived, Column Column, Action<Value?> Add)
{
    /// <summary>The column of a derived value.</summary>
    public static DerivedColumn For(DerivedValue derived)
    {
        if (derived.Declared.Kind == ValueKind.Flag)
        {
            var flags = new OptionalColumn<bool>(derived.Name);
            return new DerivedColumn(derived, flags, value => flags.Add((value as Value.Flag)?.IsSet));
        }

        var numbers = new OptionalColumn<double>(derived.Name);
        return new DerivedColumn(derived, numbers, value => numbers.Add((value as Value.Real)?.Number));
    }
}
