using System.Text.Json;
using LiveFace.Access;
using LiveFace.Cluster;
using LiveFace.Cluster.Calls;
using LiveFace.Features.Rooms;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Features.Cluster;

/// <summary>Rooms of the whole cluster for the hub of this node: what is asked goes to the owner, with what the connection may do.</summary>
internal sealed class ClusterReach(
    RoomReach here, RoomDoor door, RoomSeeker seeker, FollowedRooms followed, ClusterPresence presence, IRoomOwners owners, NodeCaller caller) : IRoomReach
{
    private const int LargestAnswer = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<IRoom> OpenAsync(string room, Grant grant, RoomPlace place, CancellationToken cancel)
    {
        // Where it is made, it counts for the key.
        var (seat, isNew) = await seeker.PlaceAsync(room, () => Task.FromResult(place), cancel);
        if (seat.Node == owners.Node)
            door.Open(room, grant);
        else
            await AskAsync(seat, isNew, HttpMethod.Post, $"/node/rooms/{room}", grant, default, null, cancel);
        return await followed.FollowAsync(room, place, cancel);
    }

    public async Task<RedactionPolicy> PolicyAsync(string room, Grant grant, CancellationToken cancel)
    {
        var seat = await seeker.FindAsync(room, cancel);
        return seat is null || seat.Node == owners.Node
            ? await here.PolicyAsync(room, grant, cancel)
            : Policy(await AskAsync(seat, false, HttpMethod.Get, $"/api/rooms/{room}/policy", grant, default, null, cancel));
    }

    public async Task<RedactionPolicy> SetPolicyAsync(string room, Grant grant, byte[] json, long? expectedVersion, CancellationToken cancel)
    {
        var asked = new RoomPlace { Policy = PolicyJson.TryRead(json, out var policy, out _) ? policy : null };
        var (seat, isNew) = await seeker.PlaceAsync(room, () => Task.FromResult(asked), cancel);
        return seat.Node == owners.Node
            ? await here.SetPolicyAsync(room, grant, json, expectedVersion, cancel)
            : Policy(await AskAsync(seat, isNew, HttpMethod.Put, $"/api/rooms/{room}/policy", grant, json, expectedVersion, cancel));
    }

    public async Task<bool> EndAsync(string room, Grant grant, CancellationToken cancel)
    {
        var seat = await seeker.FindAsync(room, cancel);
        if (seat is null || seat.Node == owners.Node)
            return await here.EndAsync(room, grant, cancel);
        try
        {
            await AskAsync(seat, false, HttpMethod.Delete, $"/api/rooms/{room}", grant, default, null, cancel);
            return true;
        }
        catch (ProblemException problem) when (problem.Problem.Status == StatusCodes.Status404NotFound)
        {
            return false;
        }
    }

    public Task<IReadOnlyCollection<RoomState>> StatesAsync(CancellationToken cancel) => presence.StatesAsync(cancel);

    public IDisposable Watch(Action<RoomState> changed) => presence.Watch(changed);

    private static RedactionPolicy Policy(byte[] json) =>
        PolicyJson.TryRead(json, out var policy, out _) ? policy : throw new ClusterException("The room's node does not speak as this one does.");

    private async Task<byte[]> AskAsync(
        Seat seat, bool claims, HttpMethod method, string path, Grant grant, ReadOnlyMemory<byte> body, long? expectedVersion, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        using var answer = await caller.CallAsync(seat.Address, method, path, body, request =>
        {
            request.Headers.Host = "localhost";
            request.Content?.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            request.Headers.TryAddWithoutValidation(VouchedGrant.Header, VouchedGrant.Write(grant));
            if (claims)
                request.Headers.TryAddWithoutValidation(OwnerForward.ClaimHeader, "1");
            if (expectedVersion is { } version)
                request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }, limit.Token);
        if ((int)answer.StatusCode == OwnerForward.NotHere)
            throw new ClusterException("The room changes its node; ask again.");
        await answer.Content.LoadIntoBufferAsync(LargestAnswer, limit.Token);
        var told = await answer.Content.ReadAsByteArrayAsync(limit.Token);
        return answer.IsSuccessStatusCode ? told : throw Refused((int)answer.StatusCode, told);
    }

    private static ProblemException Refused(int status, byte[] told)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(told, ApiJson.Options);
            return new ProblemException(
                new Problem(json.GetProperty("code").GetString()!, status, json.GetProperty("title").GetString()!),
                json.TryGetProperty("detail", out var detail) ? detail.GetString() : null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new ProblemException(Problem.ForStatus(status));
        }
    }
}
