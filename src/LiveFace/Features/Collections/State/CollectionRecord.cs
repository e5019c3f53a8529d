namespace LiveFace.Features.Collections.State;

/// <summary>A collection: how many numbers its vectors have, whether these are made of pictures, and what its snapshot is.</summary>
internal sealed record CollectionRecord(string Name, string Owner, bool OfPictures, int Dimensions, DateTimeOffset Created, string? Snapshot);

/// <summary>An item; the key is the index's, and none is used twice.</summary>
internal sealed record ItemRecord(long Key, string Id, string Metadata, DateTimeOffset Created);

/// <summary>An item that is to be kept.</summary>
internal sealed record NewItem(string Id, float[] Vector, string Metadata);
