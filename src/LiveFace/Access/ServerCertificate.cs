using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace LiveFace.Access;

/// <summary>
/// The certificate for HTTPS: the user's, or a self-signed one that is kept in the data folder, so that a browser's
/// exception for it lasts.
/// </summary>
internal static class ServerCertificate
{
    private const string FileName = "lan-certificate.pfx";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>The certificate with its private key, and the others of its file, which are its chain.</summary>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Load(HttpsOptions options, string folder, TimeProvider time)
    {
        if (string.IsNullOrEmpty(options.Certificate))
            return (FindOrMakeSelfSigned(options, folder, time), []);
        var chain = new X509Certificate2Collection();
        try
        {
            if (Path.GetExtension(options.Certificate) is ".pfx" or ".p12")
            {
                var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(options.Certificate, options.Password);
                foreach (var other in all.Where(c => !c.HasPrivateKey))
                    chain.Add(other);
                return (all.First(c => c.HasPrivateKey), chain);
            }

            chain.ImportFromPemFile(options.Certificate);
            using var pem = string.IsNullOrEmpty(options.Password)
                ? X509Certificate2.CreateFromPemFile(options.Certificate, NullIfEmpty(options.Key))
                : X509Certificate2.CreateFromEncryptedPemFile(
                    options.Certificate, options.Password, NullIfEmpty(options.Key));
            return (X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), [.. chain.Skip(1)]);
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException)
        {
            throw new OptionsValidationException(nameof(HttpsOptions), typeof(HttpsOptions),
                [$"Https:Certificate: '{options.Certificate}' cannot be read ({e.Message}). It takes a .pfx with its "
                    + "Https:Password, or a .pem with its private key in it or in Https:Key."]);
        }
    }

    internal static X509Certificate2 MakeSelfSigned(IEnumerable<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=LiveFace on this network", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var subjects = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
                subjects.AddIpAddress(address);
            else
                subjects.AddDnsName(name);
        }

        request.CertificateExtensions.Add(subjects.Build());
        using var made = request.CreateSelfSigned(now - TimeSpan.FromDays(1), now + Lifetime);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    private static X509Certificate2 FindOrMakeSelfSigned(HttpsOptions options, string folder, TimeProvider time)
    {
        var file = Path.Combine(folder, FileName);
        string[] names = ["localhost", "127.0.0.1", "::1", Dns.GetHostName(), .. LocalAddresses(), .. options.Names];
        if (File.Exists(file))
        {
            try
            {
                var kept = X509CertificateLoader.LoadPkcs12FromFile(file, null);
                if (kept.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime > RenewBefore
                    && names.All(n => kept.MatchesHostname(n, allowWildcards: false, allowCommonName: false)))
                    return kept;
                kept.Dispose();
            }
            catch (CryptographicException)
            {
                // A damaged file is replaced like an old one.
            }
        }

        var certificate = MakeSelfSigned(names, time.GetUtcNow());
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return certificate;
    }

    /// <summary>Addresses of this machine that others on its networks can reach.</summary>
    public static IEnumerable<string> LocalAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .Where(a => !a.IsIPv6LinkLocal)
        .Select(a => a.ToString());

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
