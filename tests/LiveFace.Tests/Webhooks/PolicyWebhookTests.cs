using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Tests.Serving;
using Microsoft.AspNetCore.Http;

namespace LiveFace.Tests.Webhooks;

public sealed class PolicyWebhookTests
{
    private const string Secret = "a secret of twenty letters";

    [Fact]
    public async Task A_change_while_somebody_publishes_is_told_signed_and_again_when_it_did_not_arrive()
    {
        var told = new ConcurrentQueue<(string Signature, string Body)>();
        var failures = 1;
        await using var other = await OtherServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            if (Interlocked.Decrement(ref failures) >= 0)
                context.Response.StatusCode = 503;
            else
                told.Enqueue((context.Request.Headers["LiveFace-Signature"].ToString(), body));
        });
        await using var server = await RunningServer.StartAsync($"--Webhook:Url={other.Address}/told", $"--Webhook:Secret={Secret}");
        var room = server.Rooms.Room("a");
        var state = room.State;
        await Eventually.IsAsync(() => server.Rooms.Watchers > 0);
        server.Rooms.TellWatchers(state with { Room = "nobody", PolicyVersion = 5 });
        server.Rooms.TellWatchers(state with { Publisher = Publisher });
        room.TrySetPolicy(PolicyPresets.HidePersons, null, out var policy).ShouldBeTrue();
        server.Rooms.TellWatchers(state with { Publisher = Publisher, PolicyVersion = policy.Version });
        server.Rooms.TellWatchers(state with { Publisher = Publisher, PolicyVersion = policy.Version, Viewers = 3 });

        await Eventually.IsAsync(() => !told.IsEmpty);
        told.TryDequeue(out var one).ShouldBeTrue();
        var body = JsonDocument.Parse(one.Body).RootElement;
        body.GetProperty("event").GetString().ShouldBe("policy-changed");
        body.GetProperty("room").GetString().ShouldBe("a");
        body.GetProperty("policy").GetProperty("preset").GetString().ShouldBe("hide-persons");
        var parts = one.Signature.Split(',');
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{parts[0][2..]}.{one.Body}"));
        parts[1].ShouldBe($"v1={Convert.ToHexStringLower(mac)}");
        told.ShouldBeEmpty();
    }

    private static RoomPublisher Publisher { get; } = new(DateTimeOffset.UnixEpoch, "vp8", 640, 480, false);
}
