using System.Diagnostics;
using System.Net;
using LiveFace.Access;
using LiveFace.Features.Sessions;
using LiveFace.Tests.Access;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Api;

public sealed class IceServersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credentials_are_those_that_openssl_computes_for_coturn()
    {
        var (user, password) = IceServers.Credentials("north", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        user.ShouldBe("1700000000:liveface");
        using var openssl = Process.Start(new ProcessStartInfo(
            "bash", ["-c", "printf %s 1700000000:liveface | openssl dgst -sha1 -hmac north -binary | base64"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        (await openssl.StandardOutput.ReadToEndAsync(Cancel)).Trim().ShouldBe(password);
    }

    [Fact]
    public async Task Clients_get_what_goes_into_an_RTCPeerConnection()
    {
        await using var server = await RunningServer.StartAsync(
            "--Ice:Urls:0=stun:s.example:3478", "--Ice:Urls:1=turn:t.example:3478?transport=udp",
            "--Ice:Urls:2=turns:t.example:5349?transport=tcp", "--Ice:TurnSecret=north", "--Ice:CredentialMinutes=10");
        using var response = await server.Client.GetAsync("/api/ice", Cancel);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var ice = await response.JsonAsync();
        var servers = ice.GetProperty("iceServers");
        servers.GetArrayLength().ShouldBe(2);
        servers[0].TryGetProperty("username", out _).ShouldBeFalse();
        servers[1].GetProperty("urls").GetArrayLength().ShouldBe(2);
        var expires = ice.GetProperty("expires").GetDateTimeOffset();
        servers[1].GetProperty("username").GetString().ShouldBe($"{expires.ToUnixTimeSeconds()}:liveface");
        (expires - TimeProvider.System.GetUtcNow()).TotalMinutes.ShouldBeInRange(8, 10);
    }

    [Fact]
    public async Task Credentials_name_the_room_and_the_link_and_are_good_for_no_longer_than_it()
    {
        await using var server = await RunningServer.StartLockedAsync("--Ice:Urls:0=turn:t.example:3478", "--Ice:TurnSecret=north");
        var key = server.MakeKey(Roles.All, "class");
        var token = await KeySteps.ShareWithAsync(server, key, "class", """{"roles":["view"],"minutes":7}""");
        var link = server.Services.GetRequiredService<Credentials>().Find(token).ShouldNotBeNull();
        using var viewer = server.ClientWith(token);
        var ice = await (await viewer.GetAsync("/api/ice?room=class", Cancel)).JsonAsync();
        var expires = ice.GetProperty("expires").GetDateTimeOffset();
        expires.ShouldBe(link.Expires.ShouldNotBeNull(), TimeSpan.FromSeconds(1));
        ice.GetProperty("iceServers")[0].GetProperty("username").GetString().ShouldBe($"{expires.ToUnixTimeSeconds()}:class:{link.Id}");

        // The same in the headers of WHIP and WHEP.
        using var options = await viewer.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/whep/class"), Cancel);
        string.Concat(options.Headers.GetValues("Link")).ShouldContain($":class:{link.Id}\"");

        await (await viewer.GetAsync("/api/ice?room=other", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
        server.Services.GetRequiredService<LinkStore>().Revoke([link.Id]);
        await (await viewer.GetAsync("/api/ice?room=class", Cancel)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key-invalid");
    }

    [Fact]
    public async Task Without_any_the_list_is_empty()
    {
        await using var server = await RunningServer.StartAsync();
        (await (await server.Client.GetAsync("/api/ice", Cancel)).JsonAsync()).GetProperty("iceServers").GetArrayLength().ShouldBe(0);
    }
}
