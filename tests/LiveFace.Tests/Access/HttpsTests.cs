using System.Security.Cryptography.X509Certificates;
using LiveFace.Access;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Access;

public sealed class HttpsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_self_signed_certificate_is_for_this_machine_and_is_kept()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        var first = await RunningServer.StartInAsync(folder, "--https", "--Access:RequireKey=true");
        first.Address.Scheme.ShouldBe("https");
        var seen = await CertificateOf(first.Address);
        seen.MatchesHostname("localhost").ShouldBeTrue();
        seen.MatchesHostname("127.0.0.1").ShouldBeTrue();
        seen.MatchesHostname("evil.example").ShouldBeFalse();
        await first.StopAsync();

        await using var second = await RunningServer.StartInAsync(folder, "--https", "--Access:RequireKey=true");
        (await CertificateOf(second.Address)).Thumbprint.ShouldBe(seen.Thumbprint);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_users_own_certificate_is_served_from_pfx_or_pem(bool pem)
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        using var own = ServerCertificate.MakeSelfSigned(["faces.example"], TimeProvider.System.GetUtcNow());
        var file = Path.Combine(folder, pem ? "own.pem" : "own.pfx");
        string[] settings = pem
            ? [$"--Https:Certificate={file}"]
            : [$"--Https:Certificate={file}", "--Https:Password=pass"];
        if (pem)
            await File.WriteAllTextAsync(file, $"{own.ExportCertificatePem()}\n{own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()}\n", Cancel);
        else
            await File.WriteAllBytesAsync(file, own.Export(X509ContentType.Pkcs12, "pass"), Cancel);
        await using var server = await RunningServer.StartInAsync(folder, ["--https", "--Access:RequireKey=true", .. settings]);
        (await CertificateOf(server.Address)).Thumbprint.ShouldBe(own.Thumbprint);
    }

    [Fact]
    public async Task A_renewed_certificate_is_served_without_a_restart_and_a_broken_one_is_not()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        var file = Path.Combine(folder, "own.pfx");
        using var old = ServerCertificate.MakeSelfSigned(["faces.example"], TimeProvider.System.GetUtcNow());
        using var renewed = ServerCertificate.MakeSelfSigned(["faces.example"], TimeProvider.System.GetUtcNow());
        await File.WriteAllBytesAsync(file, old.Export(X509ContentType.Pkcs12), Cancel);
        await using var server = await RunningServer.StartInAsync(folder, "--https", "--Access:RequireKey=true", $"--Https:Certificate={file}");
        await File.WriteAllBytesAsync(file, [1, 2, 3], Cancel);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(40));
        (await CertificateOf(server.Address)).Thumbprint.ShouldBe(old.Thumbprint);
        await File.WriteAllBytesAsync(file, renewed.Export(X509ContentType.Pkcs12), Cancel);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(41));
        await Eventually.IsAsync(async () => (await CertificateOf(server.Address)).Thumbprint == renewed.Thumbprint);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Browsers_are_told_to_stay_with_https_unless_the_certificate_is_self_signed(bool own)
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        var file = Path.Combine(folder, "own.pfx");
        using var certificate = ServerCertificate.MakeSelfSigned(["faces.example"], TimeProvider.System.GetUtcNow());
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12), Cancel);
        string[] settings = own ? [$"--Https:Certificate={file}"] : [];
        await using var server = await RunningServer.StartInAsync(folder, ["--https", "--Access:RequireKey=true", .. settings]);
        HttpResponseMessage? seen = null;
        await CertificateOf(server.Address, response => seen = response);
        seen!.Headers.Contains("Strict-Transport-Security").ShouldBe(own);
    }

    private static async Task<X509Certificate2> CertificateOf(Uri address, Action<HttpResponseMessage>? answered = null)
    {
        X509Certificate2? seen = null;
#pragma warning disable MA0039 // The certificate is what the test looks at.
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
            {
                seen = X509CertificateLoader.LoadCertificate(certificate!.RawData);
                return true;
            },
        };
#pragma warning restore MA0039
        using var client = new HttpClient(handler);
        using var response = await client.GetAsync(new Uri(address, "/health/live"), Cancel);
        response.IsSuccessStatusCode.ShouldBeTrue();
        answered?.Invoke(response);
        return seen.ShouldNotBeNull();
    }
}
