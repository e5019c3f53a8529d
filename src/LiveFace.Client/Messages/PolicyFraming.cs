namespace LiveFace.Client.Messages;

/// <summary>How the picture follows people: "main" or "group"; null is the usual.</summary>
public sealed record PolicyFraming(string Subject = "main", float? Size = null, float? Closest = null);
