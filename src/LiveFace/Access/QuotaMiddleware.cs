namespace LiveFace.Access;

/// <summary>Takes a place of the caller's quota while a request runs that counts; behind what hands requests to another node, which counts them.</summary>
internal sealed class QuotaMiddleware(RequestDelegate next, Quotas quotas)
{
    public Task InvokeAsync(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<QuotaRule>() is { } counted
        ? CountedAsync(context, counted.Quota)
        : next(context);

    private async Task CountedAsync(HttpContext context, Quota quota)
    {
        using var place = quotas.Take(quota, context.RequireGrant(), context.Connection.RemoteIpAddress);
        await next(context);
    }
}
