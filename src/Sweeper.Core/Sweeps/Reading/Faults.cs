using System.Collections.Immutable;
using Sweeper.Core.Errors;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>
/// The faults that are met while a sweep file is read. Whatever can be read in spite of one is read on, so that all of them are
/// told together; what follows from another one is not.
/// </summary>
internal sealed class Faults
{
    /// <summary>A file with more of them is most likely of another kind.</summary>
    private const int Most = 20;

    private readonly List<SweepException> found = [];

    /// <summary>Whether there is one.</summary>
    public bool Any => found.Count > 0;

    /// <summary>Notes a fault. Throws all of them when there are too many.</summary>
    public void Add(SweepException fault)
    {
        if (fault.ExitCode != ExitCode.Usage)
        {
            throw fault;
        }

        if (!fault.IsConsequence && !found.Any(known => known.Message == fault.Message && known.Place == fault.Place))
        {
            found.Add(fault);
        }

        if (found.Count >= Most)
        {
            ThrowIfAny();
        }
    }

    /// <summary>What is read; where that throws, the fault is noted, and it is the default.</summary>
    public T? Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SweepException fault)
        {
            Add(fault);
            return default;
        }
    }

    /// <summary>The list that is read; an empty one where that throws.</summary>
    public ImmutableArray<T> List<T>(Func<ImmutableArray<T>> read) => Try(() => read().AsEnumerable())?.ToImmutableArray() ?? [];

    /// <summary>What is read of each item, without those that are at fault.</summary>
    public ImmutableArray<T> Each<TItem, T>(IEnumerable<TItem> items, Func<TItem, T> read)
    {
        var results = ImmutableArray.CreateBuilder<T>();
        foreach (var item in items)
        {
            Try(() =>
            {
                results.Add(read(item));
                return true;
            });
        }

        return results.ToImmutable();
    }

    /// <summary>Throws all of them as one, in the order of the file; those of the command line after them.</summary>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw SweepException.Together([.. found.OrderBy(fault => fault.At is null or { Source.IsArgument: true })
                .ThenBy(fault => fault.At is { Source.IsArgument: false } at ? (at.Line, at.Column) : default)],
                    mayHaveMore: found.Count >= Most);
        }
    }
}
