using System.Net;
using LiveFace.Rooms;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Api;

/// <summary>When there is no place, a newcomer is told when to come back.</summary>
public sealed class SessionAdmissionTests
{
    [Fact]
    public async Task Admission_is_503_with_a_reason_and_when_to_come_back()
    {
        await using var server = await RunningServer.StartAsync();
        server.Rooms.Refusal = new RoomRefusedException(RoomRefusal.TooBusy, "Frames take 40 ms.", TimeSpan.FromSeconds(7.2));
        using var response = await SessionOffers.OfferAsync(server, "/whip/a");
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "too-busy");
        problem.GetProperty("detail").GetString().ShouldBe("Frames take 40 ms.");
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task On_a_full_machine_a_newcomer_is_told_when_to_come_back_and_who_watches_is_not_turned_away()
    {
        // Any load at all is over this line once it is measured.
        await using var server = await RunningServer.StartWholeAsync("--Rooms:FullAt=0.000000001", "--Access:RequestsPerMinute=60000");
        await Eventually.IsAsync(async () =>
        {
            using var tried = await SessionOffers.OfferAsync(server, "/whip/a");
            return tried.StatusCode == HttpStatusCode.ServiceUnavailable;
        });
        using var refused = await SessionOffers.OfferAsync(server, "/api/rooms/b/peer");
        await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "too-busy");
        refused.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        using var watching = await SessionOffers.OfferAsync(server, "/whep/a");
        watching.StatusCode.ShouldBe(HttpStatusCode.Conflict, "there is nobody to watch, and that is all that is said");
    }

    [Fact]
    public async Task A_room_more_than_there_may_be_is_refused_with_when_to_come_back()
    {
        await using var server = await RunningServer.StartWholeAsync("--Rooms:MaximumRooms=1", "--Rooms:IdleSeconds=40");
        using var first = await SessionOffers.OfferAsync(server, "/whip/a");
        first.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable, "the room is there, only the offer is none");
        using var refused = await SessionOffers.OfferAsync(server, "/whip/b");
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(40));
    }
}
