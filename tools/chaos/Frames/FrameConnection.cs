using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Sweeper.Chaos.Frames;

/// <summary>A connection to a coordinator by TLS, with the certificate of its cluster file: that of a member.</summary>
internal sealed class FrameConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMilliseconds(50);
    private const int Introductions = 4;

    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TcpClient client;
    private readonly SslStream stream;
    private readonly Task reading;

    private FrameConnection(TcpClient client, SslStream stream)
    {
        (this.client, this.stream) = (client, stream);
        reading = DrainAsync();
    }

    /// <summary>Whether the other end has closed it.</summary>
    public bool IsOver => reading.IsCompleted;

    /// <summary>Whether anything came back.</summary>
    public bool IsAnswered => answered.Task.IsCompleted;

    /// <summary>What a cluster file says: where its coordinator is, and what its members show.</summary>
    public static (NodeName Coordinator, X509Certificate2 Certificate) Read(string clusterFile)
    {
        using var published = JsonDocument.Parse(File.ReadAllText(clusterFile));
        var root = published.RootElement;
        var credential = root.GetProperty("credential");
        return (
            new NodeName("akka.ssl.tcp", "sweeper", root.GetProperty("host").GetString()!, root.GetProperty("port").GetInt32()),
            X509Certificate2.CreateFromPem(credential.GetProperty("certificate").GetString()!, credential.GetProperty("key").GetString()!));
    }

    /// <summary>Connects.</summary>
    public static async Task<FrameConnection> OpenAsync(NodeName coordinator, X509Certificate2 certificate)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(coordinator.Host, coordinator.Port);
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = coordinator.Host, ClientCertificates = [certificate],
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null
                && shown.GetRawCertData().AsSpan().SequenceEqual(certificate.RawData),
        });
        return new FrameConnection(client, stream);
    }

    /// <summary>Sends bytes; false when the connection is over.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
            return !IsOver;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>
    /// Sends a handshake, again and again until it is answered, though not for ever: what comes in one breath with the end of the TLS
    /// handshake is lost to a node that does not listen yet. False when the connection is over.
    /// </summary>
    public async Task<bool> IntroduceAsync(ReadOnlyMemory<byte> handshake)
    {
        for (var i = 0; i < Introductions && !answered.Task.IsCompleted; i++)
        {
            if (!await SendAsync(handshake))
            {
                return false;
            }

            await Task.WhenAny(answered.Task, reading, Task.Delay(AnswerPatience));
        }

        return !IsOver;
    }

    /// <summary>
    /// Says that nothing more comes, and lets the other end read what has: a connection that is closed outright loses it.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            client.Client.Shutdown(SocketShutdown.Send);
            await Task.WhenAny(reading, Task.Delay(Patience));
        }
        catch (SocketException)
        {
            // The other end was faster.
        }

        client.Close();
        await reading;
        await stream.DisposeAsync();
    }

    private async Task DrainAsync()
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
                answered.TrySetResult();
            }
        }
        catch (Exception over) when (over is IOException or ObjectDisposedException)
        {
            // However it ends, it has ended.
        }
    }
}
