using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sweeper.Cluster.Tests.Security;

/// <summary>Somebody who knocks at a node's port, with a certificate or without, and says what a node of Akka would say first.</summary>
internal static class Visitor
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    /// <summary>By TLS. Whether the node answers the handshake.</summary>
    public static async Task<bool> IsLetInAsync(int port, X509Certificate2? certificate)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "sweeper",
                ClientCertificates = certificate is null ? [] : [certificate],
                LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            });
            return await IsAnsweredAsync(tls);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return false;
        }
    }

    /// <summary>In plain text.</summary>
    public static async Task<bool> IsLetInAsync(int port)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        try
        {
            return await IsAnsweredAsync(connection.GetStream());
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<bool> IsAnsweredAsync(Stream stream)
    {
        var handshake = Associate();
        var frame = new byte[sizeof(int) + handshake.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, handshake.Length);
        handshake.CopyTo(frame, sizeof(int));
        var answer = stream.ReadAsync(new byte[1]).AsTask();
        for (var patience = Stopwatch.StartNew(); !answer.IsCompleted && patience.Elapsed < Fakes.TestNode.Patience; await Task.WhenAny(
            answer, Task.Delay(Again)))
        {
            // Again and again: what comes in one breath with the end of the TLS handshake is lost to a node that does not listen yet.
            await stream.WriteAsync(frame);
        }

        return await answer.WaitAsync(TimeSpan.Zero) > 0;
    }

    /// <summary>
    /// AkkaProtocolMessage { instruction = 2: { commandType = 1: ASSOCIATE (1), handshakeInfo = 2: { origin = 1: address, uid = 2: fixed64
    /// } } }.
    /// </summary>
    private static byte[] Associate()
    {
        byte[] address = [.. Field(1, "sweeper"u8), .. Field(2, "127.0.0.1"u8), 3 << 3, 1, .. Field(4, "akka.ssl.tcp"u8)];
        byte[] info = [.. Field(1, address), 2 << 3 | 1, 1, 0, 0, 0, 0, 0, 0, 0];
        return Field(2, [1 << 3, 1, .. Field(2, info)]);
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content) => [(byte)(number << 3 | 2), (byte)content.Length, .. content];
}
