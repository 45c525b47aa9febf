namespace Sweeper.Chaos.Hosts;

/// <summary>What the switch does with frames from one host to another.</summary>
/// <param name="IsCut">None gets through.</param>
/// <param name="Loss">Share of frames that are lost.</param>
/// <param name="Delay">How long each is held.</param>
internal sealed record LinkRule(bool IsCut = false, double Loss = 0, TimeSpan Delay = default)
{
    /// <summary>All get through at once.</summary>
    public static LinkRule Whole { get; } = new();

    /// <summary>None does.</summary>
    public static LinkRule Cut { get; } = new(IsCut: true);
}
