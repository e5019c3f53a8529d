using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Sessions;

/// <summary>
/// The addresses of the machine that a pod runs on, from Kubernetes: a pod knows its own, and clients reach neither that nor, in most clouds, the one
/// that the machine has inside. Its external ones count, or where it has none, its internal ones.
/// </summary>
internal sealed class NodeAddress(Uri api, string folder, string node)
{
    /// <summary>The value of <c>Media:PublicAddressFrom</c>.</summary>
    public const string Kubernetes = "kubernetes";

    private const string Setting = $"{MediaOptions.Section}:{nameof(MediaOptions.PublicAddressFrom)}";
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Of the pod that this process runs in.</summary>
    /// <exception cref="OptionsValidationException">It runs in none, or is not told on which machine.</exception>
    public static NodeAddress OfThisPod()
    {
        var (host, port, node) = (Of("KUBERNETES_SERVICE_HOST"), Of("KUBERNETES_SERVICE_PORT"), Of("NODE_NAME"));
        if (host is null || port is null || node is null)
            throw Invalid("needs a pod, with the machine's name (spec.nodeName) as NODE_NAME in its environment");
        return new NodeAddress(new Uri($"https://{(host.Contains(':') ? $"[{host}]" : host)}:{port}"), ServiceAccount, node);
    }

    /// <exception cref="OptionsValidationException">Kubernetes does not say.</exception>
    public IReadOnlyList<IPAddress> Find()
    {
        try
        {
            using var handler = new SocketsHttpHandler();
            var authority = Path.Combine(folder, "ca.crt");
            if (api.Scheme == Uri.UriSchemeHttps)
                handler.SslOptions.CertificateChainPolicy = TrustOnly(X509CertificateLoader.LoadCertificateFromFile(authority));
            using var client = new HttpClient(handler) { BaseAddress = api, Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/nodes/{Uri.EscapeDataString(node)}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(folder, "token")).Trim());
            using var answer = client.Send(request);
            if (!answer.IsSuccessStatusCode)
                throw Invalid($"Kubernetes answers {(int)answer.StatusCode} for the node '{node}'; the pod's service account has to be allowed to get nodes");
            using var json = JsonDocument.Parse(answer.Content.ReadAsStream());
            return Read(json.RootElement) is { Count: > 0 } found ? found : throw Invalid($"the node '{node}' has no address");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException or TaskCanceledException
            or JsonException or AuthenticationException or System.Security.Cryptography.CryptographicException)
        {
            throw Invalid($"Kubernetes cannot be asked ({error.Message})");
        }
    }

    private static List<IPAddress> Read(JsonElement found)
    {
        if (!found.TryGetProperty("status", out var status) || !status.TryGetProperty("addresses", out var addresses))
            return [];
        var all = addresses.EnumerateArray()
            .Select(one => (Type: one.GetProperty("type").GetString(), Address: IPAddress.TryParse(one.GetProperty("address").GetString(), out var ip) ? ip : null))
            .Where(one => one.Address is not null)
            .ToLookup(one => one.Type, one => one.Address!);
        return all["ExternalIP"].Any() ? [.. all["ExternalIP"]] : [.. all["InternalIP"]];
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck,
    };

    private static string? Of(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static OptionsValidationException Invalid(string why) => new(Setting, typeof(MediaOptions), [$"{Setting}: {why}."]);
}
