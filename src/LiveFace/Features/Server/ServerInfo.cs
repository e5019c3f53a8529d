namespace LiveFace.Features.Server;

/// <summary>What the server is and what the caller may do there. <c>ServerInfo</c> in docs/reference/protocol.md.</summary>
internal sealed record ServerInfo(
    string Version, bool KeyRequired, CallerInfo You, ServerMedia Media, ServerLimits Limits, ServerDetector Detector, string? Node);

internal sealed record CallerInfo(string[] Roles, string Pattern, CallerScope[] Scopes, DateTimeOffset? Expires);

internal sealed record CallerScope(string[] Roles, string Pattern);

internal sealed record ServerMedia(int UdpPort, int? TcpPort, string[] Codecs);

internal sealed record ServerLimits(int Rooms, int ViewersPerRoom, int MaximumWidth, int MaximumHeight, int MaximumFps);

internal sealed record ServerDetector(string Device, string Provider);

/// <summary>What the hub takes in place of a key, once and for a short time.</summary>
internal sealed record HubTicket(string Ticket, int Seconds);
