using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace LiveFace.Cluster.Tests.Deploy;

/// <summary>
/// deploy/nodes.yaml without Docker: its services' environments and the image's command as processes, nginx with its file, each at an address of
/// 127.0.0.0/8 in the place of a container's. What an engine does itself (networks, volumes, limits) is not seen here.
/// </summary>
public sealed partial class ComposeNodesTests
{
    private readonly string _network = $"127.{RandomNumberGenerator.GetInt32(2, 250)}.{RandomNumberGenerator.GetInt32(1, 250)}.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Nginx => _network + "10";

    private string PublicAddress => _network + "1";

    [Fact]
    public async Task Both_nodes_answer_behind_nginx_as_one_and_one_of_them_when_the_other_dies()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.DoAsync("CREATE DATABASE liveface");
        var services = Services(await File.ReadAllTextAsync(Checkout.PathOf("deploy", "nodes.yaml"), Cancel));
        await using var one = DeployedProcess.Server(Environment(services, "one", postgres));
        await using var two = DeployedProcess.Server(Environment(services, "two", postgres));
        await using var nginx = DeployedProcess.Nginx(await NginxAsync());
        using var client = new HttpClient { BaseAddress = new Uri($"http://{Nginx}:8080"), Timeout = TimeSpan.FromMinutes(1) };
        await Eventually.IsAsync(async () => await IsReadyAsync(client, "one") && await IsReadyAsync(client, "two"));

        var key = ((string?[])[one.StartKey, two.StartKey]).OfType<string>().ShouldHaveSingleItem();
        (await StatusAsync(client, HttpMethod.Get, "/api/rooms", null)).ShouldBe(HttpStatusCode.Unauthorized, "who comes through a proxy is asked for a key");
        for (var number = 0; number < 12; number++)
            (await StatusAsync(client, HttpMethod.Put, $"/api/rooms/room-{number}/policy", key, Json("""{"cover":true,"rules":[]}"""))).ShouldBe(HttpStatusCode.OK);
        using (var cluster = JsonDocument.Parse(await ReadAsync(client, "/api/cluster", key)))
            cluster.RootElement.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()).ShouldBe(["one", "two"]);

        // Pieces of an upload come out at either node.
        var id = await AnnounceAsync(client, key, 12_000);
        for (var piece = 0; piece < 12; piece++)
            (await StatusAsync(client, HttpMethod.Patch, $"/api/jobs/{id}/upload", key, Piece(1000), ("Upload-Offset", (piece * 1000).ToString(CultureInfo.InvariantCulture))))
                .ShouldBe(HttpStatusCode.NoContent);
        (await ReadAsync(client, $"/api/jobs/{id}", key)).ShouldContain("\"received\":12000");

        await two.KillAsync();
        await Eventually.IsAsync(async () => await StatusAsync(client, HttpMethod.Put, "/api/rooms/after/policy", key, Json("""{"cover":true,"rules":[]}""")) == HttpStatusCode.OK);
        for (var number = 0; number < 6; number++)
            (await StatusAsync(client, HttpMethod.Get, "/health/ready", null)).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A service's environment over the image's; a container's names and addresses as those that stand for them.</summary>
    private IEnumerable<(string Name, string Value)> Environment(Dictionary<string, Dictionary<string, string>> services, string service, PostgresServer postgres)
    {
        var address = AddressOf(service);
        yield return ("Listen", $"http://{address}:8080");

        // Inside a container all addresses are its own.
        yield return ("Media__Bind__0", PublicAddress);
        foreach (var (name, value) in services[service])
            yield return (name, Name().Replace(value, found => found.Value switch
            {
                "0.0.0.0" => address,
                "database" => "127.0.0.1;Port=" + new Npgsql.NpgsqlConnectionStringBuilder(postgres.Connection).Port,
                "one" or "two" => AddressOf(found.Value),
                _ => _network,
            }));
    }

    private string AddressOf(string service) => _network + (service == "one" ? "11" : "12");

    private Dictionary<string, Dictionary<string, string>> Services(string yaml)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PUBLIC_ADDRESS"] = PublicAddress, ["DATABASE_PASSWORD"] = RandomNumberGenerator.GetHexString(64), ["CLUSTER_SECRET"] = RandomNumberGenerator.GetHexString(64),
            ["FILMS_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
        var filled = Variable().Replace(yaml, found => secrets[found.Groups["name"].Value]);
        var parser = new MergingParser(new Parser(new StringReader(filled)));
        parser.Consume<StreamStart>();
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, object>>>(parser);
        return file["services"].ToDictionary(service => service.Key, service =>
            ((Dictionary<object, object>)service.Value).TryGetValue("environment", out var environment)
                ? ((Dictionary<object, object>)environment).ToDictionary(one => (string)one.Key, one => (string)one.Value)
                : [], StringComparer.Ordinal);
    }

    /// <summary>nginx's file at this test's addresses, asking from its own, as a container does.</summary>
    private async Task<string> NginxAsync() => $"proxy_bind {Nginx};\n" + (await File.ReadAllTextAsync(Checkout.PathOf("deploy", "nodes-nginx.conf"), Cancel))
        .Replace("server one:", $"server {AddressOf("one")}:", StringComparison.Ordinal).Replace("server two:", $"server {AddressOf("two")}:", StringComparison.Ordinal)
        .Replace("listen 8080", $"listen {Nginx}:8080", StringComparison.Ordinal);

    private async Task<bool> IsReadyAsync(HttpClient client, string service)
    {
        try
        {
            using var answer = await client.GetAsync($"http://{AddressOf(service)}:8080/health/ready", Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<string> AnnounceAsync(HttpClient client, string key, long bytes)
    {
        using var answer = await AskAsync(client, HttpMethod.Post, "/api/jobs?preset=cover-everything", key, null, ("Upload-Length", $"{bytes}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var job = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return job.RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<string> ReadAsync(HttpClient client, string path, string key)
    {
        using var answer = await AskAsync(client, HttpMethod.Get, path, key, null);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel);
    }

    private static async Task<HttpStatusCode> StatusAsync(
        HttpClient client, HttpMethod method, string path, string? key, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var answer = await AskAsync(client, method, path, key, body, headers);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> AskAsync(
        HttpClient client, HttpMethod method, string path, string? key, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await client.SendAsync(request, Cancel);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static ByteArrayContent Piece(int bytes) => new(new byte[bytes]) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(:\?[^}]*)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"0\.0\.0\.0|172\.31\.251\.|(?<=Host=)database|(?<=//)(?:one|two)(?=:)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
