using System.Collections.Immutable;
using Sweeper.Bench.Measuring;
using Sweeper.Bench.Results;

namespace Sweeper.Bench.Rows;

/// <summary>One line of docs/measured/performance.md: something measured in rounds, in a process of its own.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Words">What is done.</param>
internal abstract record Row(string Name, string Words)
{
    /// <summary>Cores that the process may use.</summary>
    public virtual int Cores => 1;

    /// <summary>What is asked of it.</summary>
    public abstract ImmutableArray<Bar> Bars { get; }

    /// <summary>Measures it, in some minutes at most.</summary>
    public abstract RowResult Measure();

    /// <summary>A result with all that every row has.</summary>
    protected RowResult Result(Rounds rounds) => new(Name, Checkout.Commit(), Machine.Words, [.. rounds.Series]);
}
