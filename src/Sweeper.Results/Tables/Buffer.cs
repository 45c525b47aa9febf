namespace Sweeper.Results.Tables;

/// <summary>A growing array that is handed out as memory without a copy.</summary>
internal sealed class Buffer<T>
{
    private T[] items = new T[256];

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>The items.</summary>
    public Memory<T> Memory => items.AsMemory(0, Count);

    /// <summary>The items.</summary>
    public Span<T> Span => items.AsSpan(0, Count);

    /// <summary>Adds one.</summary>
    public void Add(T item)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, 2 * Count);
        }

        items[Count++] = item;
    }

    /// <summary>Makes room for more items and hands it out to be filled.</summary>
    public Span<T> Extend(int count)
    {
        if (Count + count > items.Length)
        {
            Array.Resize(ref items, Math.Max(2 * items.Length, Count + count));
        }

        Count += count;
        return items.AsSpan(Count - count, count);
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;
}
