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

    private static async Task<X509Certificate2> CertificateOf(Uri address)
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
        (await client.GetAsync(new Uri(address, "/health/live"), Cancel)).IsSuccessStatusCode.ShouldBeTrue();
        return seen.ShouldNotBeNull();
    }
}
