using Akka.Event;
using Akka.Remote.Transport.DotNetty;

namespace Sweeper.Cluster.Security;

/// <summary>How nodes talk: by TLS in which both ends show the cluster's certificate. There is no other way, on loopback neither.</summary>
internal static class MutualTls
{
    /// <summary>Of the addresses of such nodes.</summary>
    public const string Protocol = "akka.ssl.tcp";

    /// <summary>The part of a node's setup. Names of hosts mean nothing here: certificates say which cluster, not which machine.</summary>
    public static DotNettySslSetup With(ClusterCredential credential, TimeProvider clock)
    {
        var certificate = credential.Load();
        var pinned = new PinnedCertificate(certificate, clock);
        return new DotNettySslSetup(
            certificate, suppressValidation: true, requireMutualAuthentication: true, validateCertificateHostname: false,
            (shown, _, peer, _, log) =>
            {
                if (pinned.Objection(shown) is not { } objection)
                {
                    return true;
                }

                log.Warning("{Peer} is turned away: {Objection}", peer, objection);
                return false;
            });
    }
}
