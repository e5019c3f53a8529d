using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LiveFace.Cluster.Calls;

/// <summary>
/// What nodes show each other, and whom they believe: a certificate of the cluster's own authority at both ends. Names in it are not
/// looked at, as nodes come and go under addresses that nobody knows beforehand: whoever has one from this authority is a node.
/// </summary>
public sealed class NodeCertificates(X509Certificate2 own, X509Certificate2 authority)
{
    /// <summary>This node's certificate with its key.</summary>
    public X509Certificate2 Own { get; } = own;

    /// <summary>Reads the files: certificate, key and the authority's certificate, as PEM.</summary>
    public static NodeCertificates Load(string certificate, string key, string authority)
    {
        // TLS on some systems does not take a key that was only read.
        using var read = X509Certificate2.CreateFromPemFile(certificate, key);
        return new(X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null), X509CertificateLoader.LoadCertificateFromFile(authority));
    }

    /// <summary>Whether the other end is a node of this cluster.</summary>
    public bool Believes(X509Certificate? other, SslPolicyErrors errors)
    {
        if (other is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(new X509Certificate2(other));
    }

    /// <summary>What a node that calls shows and asks for.</summary>
    public SslClientAuthenticationOptions ForCalling() => new()
    {
        ClientCertificates = [Own],
        RemoteCertificateValidationCallback = (_, other, _, errors) => Believes(other, errors),
    };
}
