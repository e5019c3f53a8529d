using LiveFace.Features.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Serving;

/// <summary>Which address clients reach a pod by, as Kubernetes says it.</summary>
public sealed class NodeAddressTests : IDisposable
{
    private readonly string _account = Directory.CreateTempSubdirectory("liveface-account-").FullName;

    public NodeAddressTests() => File.WriteAllText(Path.Combine(_account, "token"), "a-token\n");

    [Theory]
    [InlineData("""[{"type":"InternalIP","address":"10.0.0.5"},{"type":"ExternalIP","address":"203.0.113.7"},{"type":"ExternalIP","address":"2001:db8::7"},{"type":"Hostname","address":"node-1"}]""", "203.0.113.7 2001:db8::7")]
    [InlineData("""[{"type":"InternalIP","address":"192.168.1.5"},{"type":"Hostname","address":"node-1"}]""", "192.168.1.5")]
    public async Task The_external_addresses_count_or_else_the_internal_ones(string addresses, string expected)
    {
        await using var api = await OtherServer.StartAsync(async context =>
        {
            var isRight = context.Request.Path == "/api/v1/nodes/node-1" && context.Request.Headers.Authorization == "Bearer a-token";
            context.Response.StatusCode = isRight ? 200 : 401;
            await context.Response.WriteAsync("""{"kind":"Node","status":{"addresses":""" + addresses + "}}");
        });

        var found = await Task.Run(new NodeAddress(new Uri(api.Address), _account, "node-1").Find, TestContext.Current.CancellationToken);

        string.Join(' ', found).ShouldBe(expected);
    }

    [Fact]
    public async Task Who_may_not_ask_is_told_what_is_missing()
    {
        await using var api = await OtherServer.StartAsync(context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => Task.Run(new NodeAddress(new Uri(api.Address), _account, "node-1").Find, TestContext.Current.CancellationToken));
        refused.Message.ShouldBe("Media:PublicAddressFrom: Kubernetes answers 403 for the node 'node-1'; the pod's service account has to be allowed to get nodes.");
    }

    public void Dispose() => Directory.Delete(_account, recursive: true);
}
