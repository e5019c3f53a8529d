using System.Net;
using LiveFace.Cluster.Calls;
using LiveFace.Cluster.Ownership;
using LiveFace.Storage;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Cluster;

internal sealed class ClusterOptionsValidator(IConfiguration configuration) : IValidateOptions<ClusterOptions>
{
    private const int LongestName = 63;

    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var errors = new List<string>();
        if (!IsName(options.NameOfNode()))
            errors.Add($"Cluster:Node: must be 1 to {LongestName} letters, digits and '-', as it is a part of addresses.");
        if (options.Region is { } region && !IsName(region))
            errors.Add($"Cluster:Region: must be 1 to {LongestName} letters, digits and '-', or be left out.");
        CheckAddress(options, errors);
        CheckCertificates(options, errors);
        if (string.IsNullOrEmpty(configuration[ClusterSetup.StoreSetting]))
            errors.Add($"{ClusterSetup.StoreSetting}: must name the PostgreSQL that all nodes share; else a room that moves would be shown under another policy, and a key that is taken back at one node open the others.");
        // Secret and connection are secrets, and are not said again.
        if (options.Secret is not { Length: >= NodeSignature.ShortestSecret })
            errors.Add($"Cluster:Secret: must be at least {NodeSignature.ShortestSecret} characters, the same on each node and known to nobody else.");
        if (options.Database is { } database && OwnerTable.Problem(database) is { } problem)
            errors.Add($"Cluster:Database: {problem}.");
        if (options.LeaseSeconds is < 2 or > 120)
            errors.Add($"Cluster:LeaseSeconds: must be 2 to 120, was {options.LeaseSeconds}.");
        if (options.DrainMinutes is not (>= 0 and <= 24 * 60))
            errors.Add($"Cluster:DrainMinutes: must be 0 to 1440, was {options.DrainMinutes}.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static void CheckAddress(ClusterOptions options, List<string> errors)
    {
        var scheme = options.Certificate is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        if (!Uri.TryCreate(options.Address, UriKind.Absolute, out var address) || address.Scheme != scheme || address.PathAndQuery != "/")
            errors.Add($"Cluster:Address: must be where other nodes call this one, as {scheme}://10.0.0.5:8190, with a port of its own.");
        else if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !options.TrustNetwork)
            errors.Add("Cluster:Address: nodes on several machines need TLS between them (Cluster:Certificate, :CertificateKey, :Authority), "
                + "because whoever is on the way of an answer could send a publisher's picture elsewhere. "
                + "Cluster:TrustNetwork=true says that the network between them is yours alone.");
        if (options.Url is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme.StartsWith("http", StringComparison.Ordinal)))
            errors.Add("Cluster:Url: must be where browsers reach this node, as https://a.example.org, or be left out.");
        if (options.Listen is { } listen && !IPEndPoint.TryParse(listen, out _))
            errors.Add("Cluster:Listen: must be an IP address and a port, such as 0.0.0.0:8190, or be left out.");
        if (options.Listen is null && address is { IsLoopback: false } && !IPAddress.TryParse(address.Host.Trim('[', ']'), out _))
            errors.Add("Cluster:Listen: must be given, such as 0.0.0.0:8190, where Cluster:Address has a name.");
    }

    private static void CheckCertificates(ClusterOptions options, List<string> errors)
    {
        string?[] files = [options.Certificate, options.CertificateKey, options.Authority];
        if (files.All(file => file is null))
            return;
        if (files.Any(file => file is null))
            errors.Add("Cluster:Certificate: goes with Cluster:CertificateKey and Cluster:Authority; give all three or none.");
        foreach (var file in files.Where(file => file is not null && !File.Exists(file)))
            errors.Add($"Cluster:Certificate, :CertificateKey, :Authority: '{file}' is not there.");
    }
}
