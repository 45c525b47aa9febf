using Sweeper.Core.Journal;

namespace Sweeper.Cluster.Logs;

/// <summary>
/// Says of one complaint after the other whether it goes into the log: one of a kind a minute does, the others are counted. What it
/// remembers is bounded, whatever is complained of. Any thread.
/// </summary>
internal sealed class ComplaintFilter(TimeProvider clock)
{
    private const int MostKinds = 64;
    private const string Others = "";

    /// <summary>Where a complaint is interpolated rather than formatted, what varies comes after this.</summary>
    private const int KindLength = 60;

    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly Lock one = new();
    private readonly Dictionary<string, Said> kinds = [];

    /// <summary>How many of a kind were left out since the last one that was not; null: so is this one.</summary>
    /// <param name="template">The complaint before its values were put in.</param>
    public int? Admit(string template)
    {
        var kind = FailureFingerprint.Of(template.Length > KindLength ? template[..KindLength] : template);
        var now = clock.GetTimestamp();
        lock (one)
        {
            if (!kinds.ContainsKey(kind) && kinds.Count >= MostKinds)
            {
                kind = Others;
            }

            if (kinds.TryGetValue(kind, out var said) && clock.GetElapsedTime(said.At, now) < Silence)
            {
                kinds[kind] = said with { LeftOut = said.LeftOut + 1 };
                return null;
            }

            kinds[kind] = new Said(now, 0);
            return said.LeftOut;
        }
    }

    /// <summary>How many were left out and are not yet counted in the log.</summary>
    public int LeftOut
    {
        get
        {
            lock (one)
            {
                return kinds.Values.Sum(said => said.LeftOut);
            }
        }
    }

    private readonly record struct Said(long At, int LeftOut);
}
