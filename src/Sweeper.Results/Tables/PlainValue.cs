using Sweeper.Core.Experiments;

namespace Sweeper.Results.Tables;

/// <summary>A hyperparameter's value as the plain number, switch, word or array that JSON and tables show.</summary>
internal static class PlainValue
{
    /// <summary>long, double, bool, string or double[].</summary>
    public static object Of(Value value) => value switch
    {
        Value.Integer integer => integer.Number,
        Value.Real real => real.Number,
        Value.Flag flag => flag.IsSet,
        Value.Choice choice => choice.Word,
        Value.Vector vector => vector.Numbers.ToArray(),
        _ => throw new ArgumentException($"unknown kind of value {value.Kind}"),
    };
}
