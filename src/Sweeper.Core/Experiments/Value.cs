using System.Collections.Immutable;
using System.Globalization;

namespace Sweeper.Core.Experiments;

/// <summary>The type of a hyperparameter's value; the declaration decides it, never the spelling in a file.</summary>
public enum ValueKind
{
    /// <summary>A whole number of magnitude at most 2^53.</summary>
    Integer,
    /// <summary>A finite double.</summary>
    Real,
    /// <summary>true or false.</summary>
    Flag,
    /// <summary>One of a declared list of words.</summary>
    Choice,
    /// <summary>A list of finite doubles.</summary>
    Vector,
}

/// <summary>The value of one hyperparameter. Equality is by content.</summary>
public abstract record Value
{
    private Value()
    {
    }

    /// <summary>The kind of this value.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>A whole number.</summary>
    public sealed record Integer(long Number) : Value
    {
        /// <inheritdoc/>
        public override ValueKind Kind => ValueKind.Integer;

        /// <inheritdoc/>
        public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A finite double. Negative zero is stored as zero.</summary>
    public sealed record Real(double Number) : Value
    {
        /// <summary>The number.</summary>
        public double Number { get; } = Number == 0 ? 0 : Number;

        /// <inheritdoc/>
        public override ValueKind Kind => ValueKind.Real;

        /// <inheritdoc/>
        public override string ToString() => Number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>true or false.</summary>
    public sealed record Flag(bool IsSet) : Value
    {
        /// <inheritdoc/>
        public override ValueKind Kind => ValueKind.Flag;

        /// <inheritdoc/>
        public override string ToString() => IsSet ? "true" : "false";
    }

    /// <summary>One word of a declared list.</summary>
    public sealed record Choice(string Word) : Value
    {
        /// <inheritdoc/>
        public override ValueKind Kind => ValueKind.Choice;

        /// <inheritdoc/>
        public override string ToString() => Word;
    }

    /// <summary>A list of finite doubles.</summary>
    public sealed record Vector(ImmutableArray<double> Numbers) : Value
    {
        /// <summary>The numbers, in order.</summary>
        public ImmutableArray<double> Numbers { get; } = [.. Numbers.Select(number => number == 0 ? 0 : number)];

        /// <inheritdoc/>
        public override ValueKind Kind => ValueKind.Vector;

        /// <inheritdoc/>
        public bool Equals(Vector? other) => other is not null && Numbers.AsSpan().SequenceEqual(other.Numbers.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var number in Numbers)
            {
                hash.Add(number);
            }

            return hash.ToHashCode();
        }

        /// <inheritdoc/>
        public override string ToString() =>
            "[" + string.Join(", ", Numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))) + "]";
    }
}
