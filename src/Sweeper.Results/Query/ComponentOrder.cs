namespace Sweeper.Results.Query;

/// <summary>
/// The order in which components stand, and of which the first is meant where none is named: shorter names first, W2 before
/// W10; single pairs of networks (`0-1`) after the groups they belong to.
/// </summary>
internal sealed class ComponentOrder : IComparer<string>
{
    /// <summary>The one order.</summary>
    public static ComponentOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y) => Key(x).CompareTo(Key(y)) is not 0 and var byKey ? byKey : string.CompareOrdinal(x, y);

    /// <summary>Whether a component is a single pair of networks.</summary>
    public static bool IsPair(string? name) => name is { Length: > 0 } && char.IsAsciiDigit(name[0]);

    private static (bool IsPair, int Length) Key(string? name) => (IsPair(name), name?.Length ?? 0);
}
