using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveFace.Cluster.Calls;

namespace LiveFace.Cluster.Tests.Nodes;

/// <summary>An authority that gives nodes their certificates, in files of a folder.</summary>
internal sealed class NodeAuthority : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-authority-").FullName;
    private readonly X509Certificate2 _own;

    public NodeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _own = request.CreateSelfSigned(From, To);
        File.WriteAllText(PathOf("authority.pem"), _own.ExportCertificatePem());
    }

    /// <summary>The settings of a node that has a certificate from here and believes those who have one from <paramref name="believed"/>.</summary>
    public string[] SettingsFor(string node, NodeAuthority? believed = null)
    {
        Give(node);
        return
        [
            "--Cluster:Address={secure node}", $"--Cluster:Certificate={PathOf($"{node}.pem")}", $"--Cluster:CertificateKey={PathOf($"{node}.key")}",
            $"--Cluster:Authority={(believed ?? this).PathOf("authority.pem")}",
        ];
    }

    /// <summary>The same for a caller of the test.</summary>
    public NodeCertificates CertificatesOf(string node, NodeAuthority? believed = null)
    {
        Give(node);
        return NodeCertificates.Load(PathOf($"{node}.pem"), PathOf($"{node}.key"), (believed ?? this).PathOf("authority.pem"));
    }

    public void Dispose()
    {
        _own.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Give(string node)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var given = new CertificateRequest($"CN={node}", key, HashAlgorithmName.SHA256).Create(_own, From, To, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(PathOf($"{node}.pem"), given.ExportCertificatePem());
        File.WriteAllText(PathOf($"{node}.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private string PathOf(string file) => Path.Combine(_folder, file);
}
