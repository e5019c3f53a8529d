using Microsoft.AspNetCore.Mvc;

namespace LiveFace.Http;

/// <summary>
/// Everything that can be wrong with a request, by the code that programs read. docs/reference/protocol.md has the same table.
/// Over HTTP it is a problem detail (RFC 9457), over the hub an exception whose message begins with the code.
/// </summary>
internal sealed record Problem(string Code, int Status, string Title)
{
    public static readonly Problem RequestInvalid = new("request-invalid", 400, "The request is not valid.");
    public static readonly Problem RoomNameInvalid = new("room-name-invalid", 400, "The room's name is not valid.");
    public static readonly Problem OfferInvalid = new("offer-invalid", 400, "The SDP offer cannot be answered.");
    public static readonly Problem PolicyInvalid = new("policy-invalid", 400, "The policy is not valid.");
    public static readonly Problem EditInvalid = new("edit-invalid", 400, "The edit cannot be applied.");
    public static readonly Problem KeyRequired = new("key-required", 401, "An access key is needed.");
    public static readonly Problem KeyInvalid = new("key-invalid", 401, "The access key is not known here.");
    public static readonly Problem KeyExpired = new("key-expired", 401, "The access key has expired.");
    public static readonly Problem NotAllowed = new("not-allowed", 403, "The access key does not allow this.");
    public static readonly Problem ForeignHost = new("foreign-host", 403, "The request names another host.");
    public static readonly Problem ForeignOrigin = new("foreign-origin", 403, "The request comes from another site.");
    public static readonly Problem NotFound = new("not-found", 404, "There is nothing at this address.");
    public static readonly Problem RoomNotFound = new("room-not-found", 404, "There is no such room.");
    public static readonly Problem JobNotFound = new("job-not-found", 404, "There is no such job.");
    public static readonly Problem SessionNotFound = new("session-not-found", 404, "There is no such session.");
    public static readonly Problem MethodNotAllowed = new("method-not-allowed", 405, "The address does not take this method.");
    public static readonly Problem NoCommonCodec = new("no-common-codec", 406, "The offer has no codec in common with this server.");
    public static readonly Problem TooSlow = new("too-slow", 408, "The body comes too slowly.");
    public static readonly Problem RoomTaken = new("room-taken", 409, "Somebody publishes to the room already.");
    public static readonly Problem RoomEmpty = new("room-empty", 409, "Nobody publishes to the room yet.");
    public static readonly Problem JobState = new("job-state", 409, "The job is not in a state for this.");
    public static readonly Problem UploadOffset = new("upload-offset", 409, "So much of the upload has not come, or more has.");
    public static readonly Problem VersionMismatch = new("version-mismatch", 412, "It has been changed in the meantime.");
    public static readonly Problem TooLarge = new("too-large", 413, "The body is too large.");
    public static readonly Problem MediaTypeUnsupported = new("media-type-unsupported", 415, "The body is of another type.");
    public static readonly Problem PatchUnsupported = new("patch-unsupported", 422, "The fragment neither trickles nor restarts ICE.");
    public static readonly Problem PreconditionRequired = new("precondition-required", 428, "If-Match is missing.");
    public static readonly Problem TooManyRequests = new("too-many-requests", 429, "Too many requests from this address.");
    public static readonly Problem QuotaReached = new("quota-reached", 429, "The key or address has as many of these as it may.");
    public static readonly Problem InternalError = new("internal-error", 500, "The server failed; its log says why.");
    public static readonly Problem TooBusy = new("too-busy", 503, "The server is too busy for another stream.");
    public static readonly Problem RoomsFull = new("rooms-full", 503, "The server has as many rooms as it may.");
    public static readonly Problem RoomFull = new("room-full", 503, "The room has as many viewers as it may.");
    public static readonly Problem IssuerUnreachable = new("issuer-unreachable", 503, "The system that vouches for callers does not answer.");
    public static readonly Problem ClusterUnavailable = new("cluster-unavailable", 503, "The cluster cannot say who has the room, or its node does not answer.");
    public static readonly Problem StoreUnreachable = new("store-unreachable", 503, "The server cannot know now whether the key was taken back.");
    public static readonly Problem StorageFailed = new("storage-failed", 503, "The server cannot write to its disk.");
    public static readonly Problem ShuttingDown = new("shutting-down", 503, "The server is shutting down.");

    public ProblemDetails Describe(string? detail = null) => new()
    {
        Type = $"urn:liveface:{Code}",
        Title = Title,
        Status = Status,
        Detail = detail,
        Extensions = { ["code"] = Code },
    };

    public IResult Answer(string? detail = null, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var details = Describe(detail);
        if (errors is not null)
            details.Extensions["errors"] = errors;
        return Results.Problem(details);
    }

    public Task WriteAsync(HttpContext context, string? detail = null) => Answer(detail).ExecuteAsync(context);

    /// <summary>The fallback for what the framework itself refuses, such as an unknown address or method.</summary>
    public static Problem ForStatus(int status) => status switch
    {
        400 => RequestInvalid,
        401 => KeyRequired,
        403 => NotAllowed,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => TooSlow,
        412 => VersionMismatch,
        413 => TooLarge,
        415 => MediaTypeUnsupported,
        429 => TooManyRequests,
        503 => TooBusy,
        >= 500 => InternalError,
        _ => RequestInvalid with { Status = status },
    };
}
