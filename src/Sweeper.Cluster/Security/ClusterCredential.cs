using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sweeper.Cluster.Security;

/// <summary>
/// What makes a process a member of a cluster: one certificate with its key, made by the coordinator when it starts. Every
/// member shows it and takes nobody who shows another one. Whoever has the key is a member, so it goes into the cluster file
/// and nowhere else: no log, no message, no text of this object.
/// </summary>
/// <param name="Certificate">PEM, `CERTIFICATE`: X.509, self-signed, ECDSA on P-256.</param>
/// <param name="Key">PEM, `PRIVATE KEY` (PKCS#8).</param>
public sealed record ClusterCredential(string Certificate, string Key)
{
    /// <summary>
    /// A certificate is good for as long as its coordinator runs, which nobody knows in advance, and clocks of members may differ
    /// or be set: so it has no date that matters. The end is what RFC 5280, section 4.1.2.5, provides for that.
    /// </summary>
    private static readonly (DateTimeOffset From, DateTimeOffset Until) Always = (
        DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));

    /// <summary>A new one.</summary>
    public static ClusterCredential Create() => Create(Always.From, Always.Until);

    /// <summary>A new one that is valid for a while.</summary>
    internal static ClusterCredential Create(DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=sweeper", key, HashAlgorithmName.SHA256).CreateSelfSigned(from, until);
        return new ClusterCredential(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>
    /// Certificate with key. Throws <see cref="CryptographicException"/> or <see cref="ArgumentException"/> when they are none, or do
    /// not belong together.
    /// </summary>
    public X509Certificate2 Load() => X509Certificate2.CreateFromPem(Certificate, Key);

    /// <summary>Why it is out of its time; null: it is not. Throws as <see cref="Load"/> does.</summary>
    public string? Outdated(DateTimeOffset now)
    {
        using var certificate = Load();
        return PinnedCertificate.Outdated(certificate, now);
    }

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => "a cluster's certificate";
}
