using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveFace.Cluster.Tests.Nodes;

namespace LiveFace.Cluster.Tests.Deploy;

/// <summary>
/// The pods of the chart's StatefulSet without Kubernetes: the environment that it renders, filled in as a kubelet does, for two processes at addresses of
/// 127.0.0.0/8. What a cluster does itself (scheduling, services, probes, network policies) is not seen here.
/// </summary>
public sealed class ChartPodsTests
{
    private const string Values = """{ "media": { "publicAddress": "hostIP" }, "nodes": { "tlsSecret": "nodes-tls" }, "secrets": { "encryption": { "name": "films" } } }""";

    private readonly string _network = $"127.{RandomNumberGenerator.GetInt32(2, 250)}.{RandomNumberGenerator.GetInt32(1, 250)}.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_pods_are_ready_where_the_chart_looks_and_one_cluster_with_TLS_between_them()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var authority = new NodeAuthority("nodes");
        var set = await StatefulSetAsync();
        var container = set["spec"]!["template"]!["spec"]!["containers"]![0]!;
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Storage__Database"] = postgres.Connection, ["Cluster__Database"] = postgres.Connection, ["Cluster__Secret"] = RandomNumberGenerator.GetHexString(64),
            ["Storage__EncryptionKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
        string[] pods = [.. Enumerable.Range(0, 2).Select(number => $"{set["metadata"]!["name"]}-{number}")];
        await using var first = DeployedProcess.Server(Environment(container, pods, 0, secrets, authority));
        await using var second = DeployedProcess.Server(Environment(container, pods, 1, secrets, authority));
        var probe = container["readinessProbe"]!["httpGet"]!;
        var port = (int)container["ports"]!.AsArray().Single(one => (string?)one!["name"] == (string?)probe["port"])!["containerPort"]!;
        using var client = new HttpClient();
        foreach (var pod in pods)
            await Eventually.IsAsync(async () => await IsReadyAsync(client, new Uri($"http://{AddressOf(pods, pod)}:{port}{probe["path"]}")));

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", ((string?[])[first.StartKey, second.StartKey]).OfType<string>().ShouldHaveSingleItem());
        var cluster = await ReadAsync(client, $"http://{AddressOf(pods, pods[0])}:{port}/api/cluster");
        cluster.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()).ShouldBe(pods);
        using var announce = new HttpRequestMessage(HttpMethod.Post, $"http://{AddressOf(pods, pods[0])}:{port}/api/jobs?preset=cover-everything") { Headers = { { "Upload-Length", "10" } } };
        using var announced = await client.SendAsync(announce, Cancel);
        var id = JsonDocument.Parse(await announced.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("id").GetString()!;
        id.ShouldStartWith(pods[0] + "~");
        (await ReadAsync(client, $"http://{AddressOf(pods, pods[1])}:{port}/api/jobs/{id}")).GetProperty("state").GetString().ShouldBe("uploading");
    }

    private static async Task<JsonNode> StatefulSetAsync()
    {
        var values = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(values, Values, Cancel);
            using var node = Process.Start(new ProcessStartInfo("node", [Checkout.PathOf("scripts", "chart.mjs"), "render", values]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var resources = JsonNode.Parse(await node.StandardOutput.ReadToEndAsync(Cancel))!.AsArray();
            return resources.Single(one => (string?)one!["kind"] == "StatefulSet")!;
        }
        finally
        {
            File.Delete(values);
        }
    }

    /// <summary>A pod's environment; what has to be another for processes of one machine is named here.</summary>
    private IEnumerable<(string Name, string Value)> Environment(JsonNode container, string[] pods, int number, Dictionary<string, string> secrets, NodeAuthority authority)
    {
        var address = AddressOf(pods, pods[number]);
        var files = authority.SettingsFor(pods[number]).Select(setting => setting[2..].Split('=', 2)).ToDictionary(one => one[0].Replace(":", "__", StringComparison.Ordinal), one => one[1]);
        yield return ("Media__Bind__0", address);
        foreach (var one in container["env"]!.AsArray())
        {
            var name = (string)one!["name"]!;
            var value = ((string?)one["value"] ?? ((string?)one["valueFrom"]!["fieldRef"]?["fieldPath"] switch
            {
                "metadata.name" => pods[number],
                "status.hostIP" => address,
                "spec.nodeName" => "machine",
                _ => secrets[name],
            })).Replace("$(POD_NAME)", pods[number], StringComparison.Ordinal);
            yield return (name, name switch
            {
                "Listen" => value.Replace("*", address, StringComparison.Ordinal),
                "Storage__Folder" => "data",
                "Cluster__Listen" => value.Replace("0.0.0.0", address, StringComparison.Ordinal),
                "Cluster__Address" => new UriBuilder(value) { Host = address }.Uri.ToString(),
                "Cluster__Certificate" or "Cluster__CertificateKey" or "Cluster__Authority" => files[name],
                _ => value,
            });
        }
    }

    private string AddressOf(string[] pods, string pod) => $"{_network}{10 + Array.IndexOf(pods, pod)}";

    private static async Task<bool> IsReadyAsync(HttpClient client, Uri probe)
    {
        try
        {
            using var answer = await client.GetAsync(probe, Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address, Cancel);
        return JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel)).RootElement;
    }
}
