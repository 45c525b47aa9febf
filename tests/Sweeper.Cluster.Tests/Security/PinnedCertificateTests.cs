using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sweeper.Cluster.Security;

namespace Sweeper.Cluster.Tests.Security;

public sealed class PinnedCertificateTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_who_shows_the_same_certificate_is_a_member()
    {
        using var own = ClusterCredential.Create().Load();
        using var foreign = ClusterCredential.Create().Load();
        var pinned = new PinnedCertificate(own, TimeProvider.System);

        Assert.Null(pinned.Objection(own));
        Assert.Equal("its certificate is not that of this cluster", pinned.Objection(foreign));
        Assert.Equal("it shows no certificate", pinned.Objection(null));
    }

    [Theory, InlineData(-2, -1, "its certificate expired on 2029-12-31"), InlineData(
        1, 2, "its certificate is not valid before 2030-01-02"), InlineData(-1, 1, null)]
    public void A_certificate_is_good_within_its_time(int from, int until, string? objection)
    {
        using var own = ClusterCredential.Create(Now.AddDays(from), Now.AddDays(until)).Load();

        Assert.Equal(objection, new PinnedCertificate(own, new StoppedClock()).Objection(own));
    }

    [Fact]
    public void A_clusters_certificate_has_a_key_on_P256_of_its_own_which_no_text_of_it_shows_and_never_expires()
    {
        var (one, other) = (ClusterCredential.Create(), ClusterCredential.Create());
        using var certificate = one.Load();
        using var key = certificate.GetECDsaPrivateKey()!;

        Assert.Equal(ECCurve.NamedCurves.nistP256.Oid.Value, key.ExportParameters(true).Curve.Oid.Value);
        Assert.NotEqual(one, other);
        Assert.DoesNotContain("BEGIN", $"{one}", StringComparison.Ordinal);
        Assert.Null(one.Outdated(DateTimeOffset.UnixEpoch));
        Assert.Null(one.Outdated(new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero)));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
