using LiveFace.Access;
using LiveFace.Http;
using LiveFace.Storage;

namespace LiveFace.Features.Oversight;

/// <summary>The audit log, a page at a time.</summary>
internal static class AuditEndpoints
{
    private const int UsualPage = 50;
    private const int LargestPage = 500;
    private const int LongestText = 100;

    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapGet("/api/audit", Read).Needs(Roles.Admin);

    private static AuditPage Read(HttpContext context, AuditLog audit, long? before, int? limit, string? text)
    {
        if (before < 0)
            throw RequestBody.Invalid("before", "must be what the page before said");
        if (limit is < 1 or > LargestPage)
            throw RequestBody.Invalid("limit", $"must be 1 to {LargestPage}");
        if (text?.Length > LongestText)
            throw RequestBody.Invalid("text", $"must be {LongestText} characters at most");
        context.Response.Headers.CacheControl = "no-store";
        return audit.Read(before, limit ?? UsualPage, line => text is null || line.Contains(text, StringComparison.OrdinalIgnoreCase));
    }
}
