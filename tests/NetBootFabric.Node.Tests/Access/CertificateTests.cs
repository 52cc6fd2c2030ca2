using System.Net;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.Node.Access.Tls;

namespace NetBootFabric.Node.Tests.Access;

public sealed class CertificateTests : IDisposable
{
    private static readonly IPAddress Management = IPAddress.Parse("10.0.0.1");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-tls");
    private readonly SteppedTime _time = new();

    private string Path => System.IO.Path.Combine(_folder.FullName, "sub", "admin-head1.pem");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Its_own_certificate_is_made_once_and_its_key_is_its_owners_alone()
    {
        var first = AdminCertificate.Own(Path, "head1", [Management], _time).Current();
        var second = AdminCertificate.Own(Path, "head1", [Management], _time).Current();

        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(second.HasPrivateKey);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.True(Fingerprint.IsOne(Fingerprint.Of(first)));
    }

    [Fact]
    public void It_is_renewed_in_time_while_it_runs_with_the_same_key()
    {
        var certificate = AdminCertificate.Own(Path, "head1", [Management], _time);
        var (first, fingerprint) = (certificate.Current(), certificate.Fingerprint);
        _time.Step(TimeSpan.FromDays(600));
        var second = certificate.Current();

        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
        Assert.True(second.NotAfter.ToUniversalTime() > _time.GetUtcNow().UtcDateTime.AddDays(700));
        Assert.Equal(fingerprint, certificate.Fingerprint);
    }

    [Fact]
    public void A_new_address_makes_a_new_certificate_with_the_same_key()
    {
        var first = AdminCertificate.Own(Path, "head1", [Management], _time);
        var second = AdminCertificate.Own(Path, "head1", [IPAddress.Parse("10.0.0.2")], _time);

        Assert.NotEqual(first.Current().Thumbprint, second.Current().Thumbprint);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
    }

    [Fact]
    public void What_is_no_certificate_is_refused_with_its_path()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, "-----BEGIN CERTIFICATE-----\nno\n");
        Assert.Contains(Path, Assert.Throws<IOException>(() => AdminCertificate.Own(Path, "head1", [Management], _time)).Message, StringComparison.Ordinal);
        Assert.Contains("absent.pem", Assert.Throws<IOException>(() => AdminCertificate.Read("absent.pem", "absent.key", _time)).Message, StringComparison.Ordinal);
    }

    private sealed class SteppedTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Step(TimeSpan by) => _now += by;
    }
}
