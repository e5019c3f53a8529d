namespace LiveFace.Access;

/// <summary>A stored key, without the key.</summary>
internal sealed record KeyRecord(
    string Id, string Name, byte[] Hash, Roles Roles, RoomPattern Rooms, DateTimeOffset Created, DateTimeOffset? Expires)
{
    public Grant ToGrant() => new(Name, Roles, Rooms, Expires);
}
