using System.Net;
using System.Net.Sockets;
using System.Text;
using Sweeper.Cluster.Hosting;

namespace Sweeper.Preflight;

/// <summary>Answers whoever connects with one line, so that the other nodes know that they reach this one and not somebody else.</summary>
internal sealed class Greeter : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly TcpListener listener;

    /// <summary>Listens.</summary>
    /// <param name="place">Where, and by which address others shall call it.</param>
    /// <param name="greeting">What it says.</param>
    public Greeter(NodeListener place, string greeting)
    {
        Address = place.Advertise;
        listener = place.Listen();
        _ = AnswerAsync(Encoding.UTF8.GetBytes(greeting + "\n"));
    }

    /// <summary>Where others shall reach it.</summary>
    public string Address { get; }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connects to another one; why it is not reached, or null.</summary>
    public static async Task<string?> VisitAsync(string address, int port, string greeting)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address, port, patience.Token);
            using var reader = new StreamReader(client.GetStream());
            var heard = await reader.ReadLineAsync(patience.Token);
            return heard == greeting ? null : "somebody else answers there";
        }
        catch (OperationCanceledException)
        {
            return $"no answer within {Patience.TotalSeconds:0} s";
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return fault.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private async Task AnswerAsync(byte[] greeting)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync(greeting);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or IOException)
        {
            // It ended, or a visitor went away: the visitor says so.
        }
    }
}
