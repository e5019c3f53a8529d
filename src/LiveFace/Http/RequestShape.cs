using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LiveFace.Http;

/// <summary>
/// What an endpoint reads from its body, for the API's document alone: the endpoint itself checks what comes. <paramref name="Parts"/>
/// are types inside of it that the document names, too.
/// </summary>
internal sealed record RequestShape(Type? Type, string ContentType, params Type[] Parts)
{
    public async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var body = operation.RequestBody as OpenApiRequestBody ?? new OpenApiRequestBody();
        operation.RequestBody = body;
        body.Content ??= new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal);
        body.Content[ContentType] = new OpenApiMediaType
        {
            Schema = Type is null ? null : await context.GetOrCreateSchemaAsync(Type, parameterDescription: null, cancel),
        };
        foreach (var part in Parts)
            context.Document?.AddComponent<IOpenApiSchema>(part.Name, await context.GetOrCreateSchemaAsync(part, parameterDescription: null, cancel));
    }
}

internal static class RequestShapeExtensions
{
    /// <summary>Says in the document what the endpoint takes; unlike <c>Accepts</c> it refuses nothing by itself.</summary>
    public static RouteHandlerBuilder Takes<T>(
        this RouteHandlerBuilder builder, string contentType = "application/json", params Type[] parts) =>
        builder.WithMetadata(new RequestShape(typeof(T), contentType, parts));

    /// <summary>Says in the document of which media type the body is.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder builder, string contentType) =>
        builder.WithMetadata(new RequestShape(null, contentType));
}
