using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Security;

namespace Sweeper.Cluster.Joining;

/// <summary>Calls an address as a member would, up to the end of the handshake.</summary>
/// <param name="credential">What members show.</param>
/// <param name="clock">Says what time it is.</param>
internal sealed class MemberCall(ClusterCredential credential, TimeProvider clock)
{
    /// <summary>Time for a lost packet to be sent again, twice.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly X509Certificate2 certificate = credential.Load();

    /// <summary>Why no member of this cluster answers there; null: one does.</summary>
    public async Task<string?> TryAsync(NodeAddress address)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(address.Host, address.Port, patience.Token);
            await using var tls = new SslStream(connection.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "sweeper",
                    ClientCertificates = [certificate],
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                        new PinnedCertificate(certificate, clock).Objection(shown as X509Certificate2) is null,
                },
                patience.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            return $"no answer within {Patience.TotalSeconds:0} s";
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "the name stands for no address there",
                _ => char.ToLowerInvariant(fault.Message[0]) + fault.Message[1..],
            };
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException)
        {
            return "who listens there is no member of this cluster";
        }
    }
}
