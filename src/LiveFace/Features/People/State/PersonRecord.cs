using LiveFace.Access;

namespace LiveFace.Features.People.State;

/// <summary>What is said of somebody enrolled; of the face itself nothing.</summary>
internal sealed record PersonRecord(string Id, DateTimeOffset Created, DateTimeOffset Expires, RoomPattern Rooms, int Pictures);
