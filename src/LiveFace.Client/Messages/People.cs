namespace LiveFace.Client.Messages;

/// <summary>Somebody enrolled: an id and dates, and nothing of a face. <paramref name="State"/> is "ready" or "unreadable", which hides them.</summary>
public sealed record Person(string Id, DateTimeOffset Created, DateTimeOffset Expires, string Rooms, string State);

/// <summary>What a person agreed to: the sender's word that they did, for how many days, and for which rooms (usual: all).</summary>
public sealed record PersonOrder(bool Consent, int Days, string? Rooms = null);

/// <summary>The answer to who enrolled somebody. <paramref name="Withdraw"/> is a link for the person, told this once.</summary>
public sealed record PersonReceipt(string Id, DateTimeOffset Created, DateTimeOffset Expires, string Rooms, string Withdraw);
