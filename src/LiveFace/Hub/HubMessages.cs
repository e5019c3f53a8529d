using LiveFace.Redaction.Policy;
using LiveFace.Rooms;

namespace LiveFace.Hub;

/// <summary>Names of the events that clients get; docs/reference/protocol.md describes them.</summary>
internal static class HubEvents
{
    public const string Detections = "detections";
    public const string Stats = "stats";
    public const string Policy = "policy";
    public const string RoomState = "roomState";
    public const string Notice = "notice";
    public const string Job = "job";
    public const string JobGone = "jobGone";
    public const string Goodbye = "goodbye";
}

internal sealed record RoomSnapshot(RoomState State, RedactionPolicy Policy, string[] Roles);

internal sealed record PolicyChange(string Room, RedactionPolicy Policy);

internal sealed record Goodbye(string Reason, int? RetryAfterSeconds, string? To = null)
{
    /// <summary>Come back at once, to <see cref="To"/> where one is named: another node of the cluster takes over.</summary>
    public const string Moving = "moving";
    public const string ShuttingDown = "shutting-down";
    public const string KeyExpired = "key-expired";
    public const string KeyRevoked = "key-revoked";
    public const string StoreUnreachable = "store-unreachable";
}
