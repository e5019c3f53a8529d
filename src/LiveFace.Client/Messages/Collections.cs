using System.Text.Json;

namespace LiveFace.Client.Messages;

/// <summary>Things to be found again: of pictures, or of vectors of so many numbers.</summary>
public sealed record Collection(string Name, bool OfPictures, int Dimensions, int Items, DateTimeOffset Created);

/// <summary>What a collection is to be; without a number it is of pictures.</summary>
public sealed record CollectionOrder(int? Dimensions = null);

/// <summary>An item with its vector; metadata are one object of texts, numbers and booleans.</summary>
public sealed record VectorItem(string Id, IReadOnlyList<float> Vector, JsonElement? Metadata = null);

/// <summary>Items that are sent together.</summary>
public sealed record VectorItems(IReadOnlyList<VectorItem> Items);

/// <summary>An item of a collection.</summary>
public sealed record CollectionItem(string Id, JsonElement Metadata, DateTimeOffset Created);

/// <summary>What is searched for. A filter's members have to be in an item's metadata, with the same value or one of several.</summary>
public sealed record VectorQuery(IReadOnlyList<float> Vector, int? Count = null, JsonElement? Filter = null);

/// <summary>An item and how far it is: 0 for the same direction, 2 for the opposite.</summary>
public sealed record Neighbour(string Id, float Distance, JsonElement Metadata);

/// <summary>The nearest first. Not complete: a filter let so few through that some may have been missed.</summary>
public sealed record Neighbours(bool Complete, IReadOnlyList<Neighbour> Found);
