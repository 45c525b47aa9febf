namespace Sweeper.Chaos.Faults;

/// <summary>Faults in random order, drawn without putting back, so that every kind has its turn.</summary>
internal sealed class Deck(IReadOnlyList<IFault> faults, Random random)
{
    private readonly List<IFault> pile = [];

    /// <summary>The next one that fits, or null when none does.</summary>
    public IFault? Draw(Func<IFault, bool> fits)
    {
        if (!pile.Exists(fault => fits(fault)))
        {
            var again = faults.Where(fault => !pile.Contains(fault)).ToArray();
            random.Shuffle(again);
            pile.AddRange(again);
        }

        var found = pile.FindIndex(fault => fits(fault));
        if (found < 0)
        {
            return null;
        }

        var drawn = pile[found];
        pile.RemoveAt(found);
        return drawn;
    }
}
