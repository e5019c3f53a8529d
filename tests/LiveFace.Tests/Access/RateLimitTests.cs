using System.Net;
using System.Net.Sockets;
using LiveFace.Access;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Access;

/// <summary>Rates, wrong keys and idle connections.</summary>
public sealed class RateLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_keys_beside_it_do_not_keep_a_right_one_out()
    {
        await using var server = await RunningServer.StartLockedAsync("--Access:FailuresPerMinute=2",
            "--Access:Keys:0:Key=a phrase that somebody chose", "--Access:Keys:0:Roles:0=view");
        using var known = server.ClientWith("a phrase that somebody chose");
        (await known.GetAsync("/api/rooms", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var guesser = server.ClientWith("a phrase that somebody guesses");
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
            codes.Add((await guesser.GetAsync("/api/rooms", Cancel)).StatusCode);
        codes.ShouldContain(HttpStatusCode.TooManyRequests);
        using var made = server.ClientWith(server.MakeKey(Roles.View));
        (await made.GetAsync("/api/rooms", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await known.GetAsync("/api/rooms", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    public async Task Pages_that_need_no_key_answer_no_guesses_without_limit(string path)
    {
        await using var server = await RunningServer.StartLockedAsync("--Access:FailuresPerMinute=2",
            "--Access:Keys:0:Key=a phrase that somebody chose", "--Access:Keys:0:Roles:0=admin");
        using var guesser = server.ClientWith("a phrase that somebody guesses");
        for (var i = 0; i < 3; i++)
            (await guesser.GetAsync(path, Cancel)).Dispose();

        // The right guess now looks like a wrong one.
        using var right = server.ClientWith("a phrase that somebody chose");
        var wrong = await (await guesser.GetAsync(path, Cancel)).Content.ReadAsStringAsync(Cancel);
        (await (await right.GetAsync(path, Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldBe(wrong);
    }

    [Fact]
    public async Task Each_key_has_a_rate_of_its_own_behind_one_address()
    {
        await using var server = await RunningServer.StartLockedAsync("--Access:RequestsPerMinute=5");
        using var greedy = server.ClientWith(server.MakeKey(Roles.View));
        for (var i = 0; i < 8; i++)
            (await greedy.GetAsync("/api/server", Cancel)).Dispose();
        (await (await greedy.GetAsync("/api/server", Cancel)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests"))
            .GetProperty("detail").GetString()!.ShouldContain("This key");
        using var neighbour = server.ClientWith(server.MakeKey(Roles.View));
        (await neighbour.GetAsync("/api/server", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Idle_connections_make_room_for_whoever_asks_something()
    {
        await using var server = await RunningServer.StartLockedAsync("--Quotas:Connections=4");
        var idle = new List<TcpClient>();
        for (var i = 0; i < 12; i++)
        {
            var socket = new TcpClient();
            await socket.ConnectAsync(server.Address.Host, server.Address.Port, Cancel);
            idle.Add(socket);
        }

        var gate = server.Services.GetRequiredService<ConnectionGate>();
        await Eventually.IsAsync(() => gate.Count is > 0 and <= 4);
        (await server.Client.GetAsync("/health/live", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var socket in idle)
            socket.Dispose();
    }
}
