using System.Text;
using LiveFace.Access;
using LiveFace.Features.Files.Marked;
using LiveFace.Http;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Stickers;
using LiveFace.Vision.Models;

namespace LiveFace.Features.Files;

/// <summary>The policy that a request for files names, raised to the server's floor.</summary>
internal sealed class RequestedPolicy(IRoomDirectory rooms, RoomPolicies policies, ModelCatalogue catalogue, StickerShelf stickers)
{
    /// <summary>A preset's, a room's or one as JSON; one of them at most is named.</summary>
    /// <exception cref="ProblemException">It is not one, or of a room that is not the caller's.</exception>
    public RedactionPolicy Read(Grant grant, string? preset, string? room, string? policy)
    {
        if ((preset is null ? 0 : 1) + (room is null ? 0 : 1) + (policy is null ? 0 : 1) > 1)
            throw new ProblemException(Problem.RequestInvalid, "Name one of preset, room and policy.");
        return Raised(room is not null ? OfRoom(grant, room) : policy is not null ? FromJson(policy) : OfPreset(preset));
    }

    /// <summary>
    /// The same for a picture with an order. What a room hides is no choice of whoever sends a picture by its policy, so that
    /// there an order may hide more and nothing else.
    /// </summary>
    /// <exception cref="ProblemException">More than one was named, or an order undercuts the room.</exception>
    public RedactionPolicy Read(Grant grant, RedactionOrder order, string? preset, string? room, string? policy)
    {
        if (room is not null && (order.Policy is not null || order.Preset is not null || order.Marks?.Keep.Count > 0))
            throw RequestBody.Invalid("room", "says what is hidden; leave out preset, policy and marks.keep, or the room");
        if (order.Policy is not { } own)
            return Read(grant, order.Preset ?? preset, room, policy);
        return order.Preset is null && preset is null && policy is null
            ? Raised(own)
            : throw RequestBody.Invalid("redaction.policy", "must be the only policy and without a preset");
    }

    /// <summary>A policy that nobody sent but the server, raised as all are.</summary>
    public RedactionPolicy Read(RedactionPolicy own) => Raised(own);

    /// <summary>What is hidden whatever is asked for.</summary>
    public RedactionPolicy? Floor => policies.Floor;

    private RedactionPolicy Raised(RedactionPolicy policy)
    {
        var raised = PolicyFloor.Raise(policy, policies.Floor);
        return PolicyValidator.Validate(raised) is { Count: > 0 } problems ? throw Invalid(problems) : raised;
    }

    private RedactionPolicy OfRoom(Grant grant, string room)
    {
        if (!RoomName.IsValid(room))
            throw new ProblemException(Problem.RoomNameInvalid, $"A room's name is {RoomName.Accepted}.");
        return grant.May(Roles.Publish, room)
            ? rooms.PolicyOf(room)
            : throw new ProblemException(Problem.NotAllowed, "The key does not open this room.");
    }

    private RedactionPolicy FromJson(string json)
    {
        if (!PolicyJson.TryRead(Encoding.UTF8.GetBytes(json), out var policy, out var problems))
            throw Invalid(problems);
        return new PolicyNames(catalogue.Models, () => stickers.Names).Check(policy) is { Count: > 0 } unknown ? throw Invalid(unknown) : policy;
    }

    private static RedactionPolicy OfPreset(string? preset) => PolicyPresets.Find(preset ?? PolicyPresets.BlurFaces.Preset!)
        ?? throw RequestBody.Invalid("preset", $"must be one of {string.Join(", ", PolicyPresets.All.Select(p => p.Preset))}");

    private static ProblemException Invalid(IReadOnlyList<PolicyProblem> problems) =>
        new(Problem.PolicyInvalid, $"{string.Join("; ", problems)}.");
}
