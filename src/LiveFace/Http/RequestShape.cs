using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LiveFace.Http;

/// <summary>What an endpoint reads from its body, for the API's document alone: the endpoint itself checks what comes.</summary>
internal sealed record RequestShape(Type? Type, string ContentType)
{
    public async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel) =>
        operation.RequestBody = new OpenApiRequestBody
        {
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [ContentType] = new() { Schema = Type is null ? null : await context.GetOrCreateSchemaAsync(Type, parameterDescription: null, cancel) },
            },
        };
}

internal static class RequestShapeExtensions
{
    /// <summary>Says in the document what the endpoint takes; unlike <c>Accepts</c> it refuses nothing by itself.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new RequestShape(typeof(T), "application/json"));

    /// <summary>Says in the document of which media type the body is.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder builder, string contentType) =>
        builder.WithMetadata(new RequestShape(null, contentType));
}
