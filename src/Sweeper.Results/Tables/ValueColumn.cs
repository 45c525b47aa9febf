using Sweeper.Core.Experiments;

namespace Sweeper.Results.Tables;

/// <summary>A column that holds a hyperparameter, typed by its declaration.</summary>
/// <param name="Column">The column.</param>
/// <param name="Add">Adds a row.</param>
internal sealed record ValueColumn(Column Column, Action<Value> Add)
{
    /// <summary>The column of a declared hyperparameter.</summary>
    public static ValueColumn For(Hyperparameter declared)
    {
        switch (declared.Kind)
        {
            case ValueKind.Integer:
                var integers = new NumberColumn<long>(declared.Name);
                return new ValueColumn(integers, value => integers.Add(((Value.Integer)value).Number));
            case ValueKind.Real:
                var reals = new NumberColumn<double>(declared.Name);
                return new ValueColumn(reals, value => reals.Add(((Value.Real)value).Number));
            case ValueKind.Flag:
                var flags = new NumberColumn<bool>(declared.Name);
                return new ValueColumn(flags, value => flags.Add(((Value.Flag)value).IsSet));
            case ValueKind.Choice:
                var words = new TextColumn(declared.Name);
                return new ValueColumn(words, value => words.Add(((Value.Choice)value).Word));
            case ValueKind.Vector:
                var vectors = new VectorColumn(declared.Name);
                return new ValueColumn(vectors, value => vectors.Add(((Value.Vector)value).Numbers.AsSpan()));
            default:
                throw new ArgumentException($"unknown kind of value {declared.Kind}");
        }
    }
}
