using System.Text.Json;
using LiveFace.Features.Collections.State;

namespace LiveFace.Features.Collections;

/// <summary>What a collection is to be: of pictures, or of vectors of so many numbers.</summary>
internal sealed record CollectionOrder(int? Dimensions);

internal sealed record Collection(string Name, bool OfPictures, int Dimensions, int Items, DateTimeOffset Created)
{
    public static Collection Of(CollectionRecord one, int items) => new(one.Name, one.OfPictures, one.Dimensions, items, one.Created);
}

/// <summary>An item that is sent with its vector.</summary>
internal sealed record VectorItem(string? Id, float[]? Vector, JsonElement? Metadata);

internal sealed record VectorItems(IReadOnlyList<VectorItem?>? Items);

internal sealed record CollectionItem(string Id, JsonElement Metadata, DateTimeOffset Created)
{
    public static CollectionItem Of(ItemRecord one)
    {
        using var metadata = JsonDocument.Parse(one.Metadata);
        return new CollectionItem(one.Id, metadata.RootElement.Clone(), one.Created);
    }
}

internal sealed record VectorQuery(float[]? Vector, int? Count, JsonElement? Filter);

/// <summary>An item and how far it is: 0 for the same direction, 2 for the opposite.</summary>
internal sealed record Neighbour(string Id, float Distance, JsonElement Metadata);

/// <summary>The nearest first. Not complete: a filter let so few through that some may have been missed.</summary>
internal sealed record Neighbours(bool Complete, IReadOnlyList<Neighbour> Found);
