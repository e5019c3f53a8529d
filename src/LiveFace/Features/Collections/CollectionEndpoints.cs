using System.Text.Json;
using LiveFace.Access;
using LiveFace.Features.Collections.State;
using LiveFace.Http;
using LiveFace.Vision.Embeddings;

namespace LiveFace.Features.Collections;

/// <summary>Things to be found again by how they look; never people. docs/reference/search.md has the whole.</summary>
internal static class CollectionEndpoints
{
    private const string Path = "/api/collections";
    private const int BatchBytes = 8 << 20, MostInBatch = 1000, LargestDimensions = 4096, MostNeighbours = 100, UsualNeighbours = 10;

    public static void MapCollections(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, List).Produces<Collection[]>().Needs(Roles.Publish);
        routes.MapPut($"{Path}/{{name}}", MakeAsync).Takes<CollectionOrder>().Produces<Collection>().Produces<Collection>(StatusCodes.Status201Created).Needs(Roles.Publish);
        routes.MapGet($"{Path}/{{name}}", (string name, HttpContext context, CollectionShelf shelf) => Answer(Require(context, shelf, name), shelf)).Produces<Collection>().Needs(Roles.Publish);
        routes.MapDelete($"{Path}/{{name}}", (string name, HttpContext context, CollectionShelf shelf) =>
        {
            shelf.Remove(Require(context, shelf, name).Name);
            return Results.NoContent();
        }).Produces(StatusCodes.Status204NoContent).Needs(Roles.Publish);
        routes.MapPost($"{Path}/{{name}}/items", AddAsync).Takes<VectorItems>("application/json", typeof(VectorItem)).Produces<Collection>().Needs(Roles.Publish).Counts(Quota.Uploads);
        routes.MapPut($"{Path}/{{name}}/items/{{id}}", PutAsync).Takes("image/*").Takes<VectorItem>().Produces<CollectionItem>().Needs(Roles.Publish).Counts(Quota.Uploads);
        routes.MapGet($"{Path}/{{name}}/items/{{id}}", (string name, string id, HttpContext context, CollectionShelf shelf) =>
            Item(shelf.FindItem(Require(context, shelf, name).Name, id))).Produces<CollectionItem>().Needs(Roles.Publish);
        routes.MapDelete($"{Path}/{{name}}/items/{{id}}", (string name, string id, HttpContext context, CollectionShelf shelf) =>
            shelf.RemoveItem(Require(context, shelf, name).Name, id) ? Results.NoContent() : throw NoItem()).Produces(StatusCodes.Status204NoContent).Needs(Roles.Publish);
        routes.MapPost($"{Path}/{{name}}/search", SearchAsync).Takes("image/*").Takes<VectorQuery>().Produces<Neighbours>().Needs(Roles.Publish).Counts(Quota.Uploads);
    }

    private static IResult List(HttpContext context, CollectionShelf shelf)
    {
        var grant = context.RequireGrant();
        return Results.Json(grant.IsLink ? [] : shelf.Of(grant.IsAdmin ? null : grant.Owner).Select(one => Collection.Of(one.Record, one.Count)).ToArray(), ApiJson.Options);
    }

    private static async Task<IResult> MakeAsync(HttpContext context, string name, CollectionShelf shelf)
    {
        var grant = context.RequireGrant();
        var order = await context.Request.ReadJsonAsync<CollectionOrder>();
        if (!ItemNames.IsValid(name))
            throw RequestBody.Invalid("name", $"must be {ItemNames.Accepted}");
        if (order?.Dimensions is < 2 or > LargestDimensions)
            throw RequestBody.Invalid("dimensions", $"must be 2 to {LargestDimensions}; left out, it is a collection of pictures");
        if (grant.IsLink)
            throw NoCollection();
        var isNew = shelf.Make(name, grant.Owner, grant.IsAdmin, order?.Dimensions is null, order?.Dimensions ?? ObjectEmbedder.Length);
        return Results.Json(Of(shelf, name), ApiJson.Options, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> AddAsync(HttpContext context, string name, CollectionShelf shelf)
    {
        var collection = Require(context, shelf, name);
        var sent = Read<VectorItems>(await context.Request.ReadBytesAsync("application/json", BatchBytes));
        if (sent.Items is not { Count: > 0 and <= MostInBatch } items)
            throw RequestBody.Invalid("items", $"must be 1 to {MostInBatch} items");
        shelf.Save(name, [.. items.Select((item, i) => Checked(collection, item?.Id, item, $"items[{i}]"))]);
        return Answer(collection, shelf);
    }

    private static async Task<IResult> PutAsync(HttpContext context, string name, string id, CollectionShelf shelf, PictureVectors pictures, string? metadata)
    {
        var collection = Require(context, shelf, name);
        if (!ItemNames.IsValid(id))
            throw RequestBody.Invalid("id", $"must be {ItemNames.Accepted}");
        var item = IsJson(context.Request)
            ? Checked(collection, id, Read<VectorItem>(await context.Request.ReadBytesAsync("application/json", BatchBytes)), "item")
            : new NewItem(id, await PictureAsync(context, collection, pictures), MetadataFilter.Write(Element(metadata, "metadata")));
        shelf.Save(name, [item]);
        return Item(shelf.FindItem(name, id));
    }

    private static async Task<IResult> SearchAsync(HttpContext context, string name, CollectionShelf shelf, PictureVectors pictures, int? count, string? filter)
    {
        var collection = RequireAny(context, shelf, name);
        float[] vector;
        MetadataFilter? wanted;
        if (IsJson(context.Request))
        {
            var query = Read<VectorQuery>(await context.Request.ReadBytesAsync("application/json", BatchBytes));
            (vector, wanted, count) = (Checked(collection, query.Vector, "vector"), MetadataFilter.Read(query.Filter), query.Count ?? count);
        }
        else
        {
            (vector, wanted) = (await PictureAsync(context, collection, pictures), MetadataFilter.Read(Element(filter, "filter")));
        }

        if (count is < 1 or > MostNeighbours)
            throw RequestBody.Invalid("count", $"must be 1 to {MostNeighbours}");
        var (found, isComplete) = shelf.Search(name, vector, count ?? UsualNeighbours, wanted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new Neighbours(isComplete, [.. found.Select(one => new Neighbour(one.Item.Id, one.Distance, CollectionItem.Of(one.Item).Metadata))]), ApiJson.Options);
    }

    private static async Task<float[]> PictureAsync(HttpContext context, CollectionRecord collection, PictureVectors pictures) => collection.OfPictures
        ? await pictures.ReadAsync(context)
        : throw RequestBody.Invalid("vector", "must be sent: this collection is not of pictures");

    private static NewItem Checked(CollectionRecord collection, string? id, VectorItem? item, string field)
    {
        if (!ItemNames.IsValid(id))
            throw RequestBody.Invalid($"{field}.id", $"must be {ItemNames.Accepted}");
        // A vector from elsewhere may be of anything, faces too.
        if (collection.OfPictures)
            throw RequestBody.Invalid($"{field}.vector", "must be a picture instead: this collection is of pictures, from which people are kept out");
        return new NewItem(id!, Checked(collection, item?.Vector, $"{field}.vector"), MetadataFilter.Write(item!.Metadata));
    }

    private static float[] Checked(CollectionRecord collection, float[]? vector, string field) =>
        vector?.Length == collection.Dimensions && Array.TrueForAll(vector, float.IsFinite) && Array.Exists(vector, value => value != 0)
            ? vector
            : throw RequestBody.Invalid(field, $"must be {collection.Dimensions} numbers, not all of them zero");

    private static CollectionRecord Require(HttpContext context, CollectionShelf shelf, string name) =>
        context.RequireGrant().IsLink ? throw NoCollection() : RequireAny(context, shelf, name);

    /// <summary>A collection of the caller's key, whether they came by a link or not.</summary>
    private static CollectionRecord RequireAny(HttpContext context, CollectionShelf shelf, string name)
    {
        var grant = context.RequireGrant();
        return shelf.Find(name) is { } one && (grant.IsAdmin || one.Record.Owner == grant.Owner) ? one.Record : throw NoCollection();
    }

    private static IResult Answer(CollectionRecord one, CollectionShelf shelf) => Results.Json(Of(shelf, one.Name), ApiJson.Options);

    private static Collection Of(CollectionShelf shelf, string name) => shelf.Find(name) is { } one ? Collection.Of(one.Record, one.Count) : throw NoCollection();

    private static IResult Item(ItemRecord? item) => item is null ? throw NoItem() : Results.Json(CollectionItem.Of(item), ApiJson.Options);

    private static bool IsJson(HttpRequest request) => request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    private static JsonElement? Element(string? json, string field)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<JsonElement>(json, ApiJson.Options);
        }
        catch (JsonException)
        {
            throw RequestBody.Invalid(field, "must be JSON");
        }
    }

    private static T Read<T>(byte[] json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, ApiJson.Options) ?? throw RequestBody.Invalid("body", "must be an object");
        }
        catch (JsonException error)
        {
            throw RequestBody.Invalid("body", $"is not as described ({error.Path})");
        }
    }

    private static ProblemException NoCollection() => new(Problem.NotFound, "There is no such collection.");

    private static ProblemException NoItem() => new(Problem.NotFound, "There is no such item.");
}
