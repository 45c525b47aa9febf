using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sweeper.Cluster.Security;

/// <summary>
/// Decides whether who is at the other end of a connection is a member: it shows the same certificate, to the byte, within its time.
/// </summary>
/// <param name="own">The cluster's certificate.</param>
/// <param name="clock">Says what time it is.</param>
internal sealed class PinnedCertificate(X509Certificate2 own, TimeProvider clock)
{
    private readonly byte[] pinned = SHA256.HashData(own.RawData);

    /// <summary>Why it is turned away; null: it is a member. That it has the key is proved by the handshake.</summary>
    public string? Objection(X509Certificate2? shown) =>
        shown is null ? "it shows no certificate"
        : !CryptographicOperations.FixedTimeEquals(SHA256.HashData(shown.RawData), pinned) ? "its certificate is not that of this cluster"
        : Outdated(shown, clock.GetUtcNow()) is { } outdated ? $"its certificate {outdated}" : null;

    /// <summary>Why a certificate is out of its time; null: it is not.</summary>
    public static string? Outdated(X509Certificate2 certificate, DateTimeOffset now) =>
        now > certificate.NotAfter.ToUniversalTime() ? $"expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}"
        : now < certificate.NotBefore.ToUniversalTime() ? $"is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}"
        : null;
}
