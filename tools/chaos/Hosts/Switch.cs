using System.Diagnostics;

namespace Sweeper.Chaos.Hosts;

/// <summary>
/// A network switch in this process, because the kernel may have no module that delays frames. Every frame goes to every other port, as
/// with a hub; hosts take theirs. Ports are numbered from 1, as hosts are.
/// </summary>
internal sealed class Switch
{
    private const int LongestFrame = 1 << 16;
    private readonly TapPort[] ports;
    private readonly LinkRule[,] rules;
    private readonly PriorityQueue<(int To, byte[] Frame), long> held = new();

    /// <summary>Begins to carry frames.</summary>
    public Switch(IReadOnlyCollection<TapPort> ports, int seed)
    {
        this.ports = [.. ports];
        rules = new LinkRule[this.ports.Length + 1, this.ports.Length + 1];
        Heal();
        for (var port = 1; port <= this.ports.Length; port++)
        {
            var from = port;
            new Thread(() => Carry(from, new Random(seed + from))) { IsBackground = true, Name = $"port {from}" }.Start();
        }

        new Thread(Deliver) { IsBackground = true, Name = "delayed frames" }.Start();
    }

    /// <summary>Hosts that it connects.</summary>
    public IEnumerable<int> Hosts => Enumerable.Range(1, ports.Length);

    /// <summary>What happens from now on to frames from one host to another; the other way is another rule.</summary>
    public void Set(int from, int to, LinkRule rule) => Volatile.Write(ref rules[from, to], rule);

    /// <summary>The same for all frames of a host, to it and from it.</summary>
    public void SetAll(int host, LinkRule rule)
    {
        foreach (var other in Hosts)
        {
            Set(host, other, rule);
            Set(other, host, rule);
        }
    }

    /// <summary>All frames get through.</summary>
    public void Heal()
    {
        foreach (var host in Hosts)
        {
            SetAll(host, LinkRule.Whole);
        }
    }

    private void Carry(int from, Random random)
    {
        var buffer = new byte[LongestFrame];
        while (ports[from - 1].Receive(buffer) is > 0 and var length)
        {
            foreach (var to in Hosts.Where(other => other != from))
            {
                var rule = Volatile.Read(ref rules[from, to]);
                if (rule.IsCut || random.NextDouble() < rule.Loss)
                {
                    continue;
                }

                if (rule.Delay == TimeSpan.Zero)
                {
                    ports[to - 1].Send(buffer.AsSpan(0, length));
                }
                else
                {
                    Hold(to, buffer[..length], Stopwatch.GetTimestamp() + (long)(rule.Delay.TotalSeconds * Stopwatch.Frequency));
                }
            }
        }
    }

    private void Hold(int to, byte[] frame, long due)
    {
        lock (held)
        {
            held.Enqueue((to, frame), due);
            Monitor.Pulse(held);
        }
    }

    private void Deliver()
    {
        while (true)
        {
            (int To, byte[] Frame) next;
            lock (held)
            {
                long due;
                while (!held.TryPeek(out next, out due) || due > Stopwatch.GetTimestamp())
                {
                    Monitor.Wait(held, held.Count == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(1));
                }

                held.Dequeue();
            }

            ports[next.To - 1].Send(next.Frame);
        }
    }
}
