using Sweeper.Core.Randomness;

namespace Sweeper.Cluster.Faults;

/// <summary>Decides for one message after the other how often it is sent. Any thread.</summary>
internal sealed class MessageFate(MessageFaultRule rule)
{
    private readonly Lock one = new();
    private CounterRandom random = new(rule.Seed, 0);

    /// <summary>How often the next message is sent: not at all, once, or twice.</summary>
    public int NextCopies()
    {
        double draw;
        lock (one)
        {
            draw = random.NextUnit();
        }

        return draw < rule.Loss ? 0 : draw < rule.Loss + rule.Duplicate ? 2 : 1;
    }
}
