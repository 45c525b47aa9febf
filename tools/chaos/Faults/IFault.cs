using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Faults;

/// <summary>Something that goes wrong.</summary>
internal interface IFault
{
    /// <summary>For people, and unique.</summary>
    string Name { get; }

    /// <summary>Why it cannot be tried on this machine, or null.</summary>
    string? Lack => null;

    /// <summary>Whether it can fall now.</summary>
    bool Fits(Round round);

    /// <summary>
    /// Makes it happen, and ends it. All that is drawn is drawn before the first wait. False when it did not come to pass before the
    /// round was <paramref name="over"/>.
    /// </summary>
    Task<bool> StrikeAsync(Round round, CancellationToken over);
}
