namespace LiveFace.Client;

/// <summary>A request that the server refused: the message is for people, <see cref="Code"/> for programs.</summary>
public sealed class LiveFaceException : Exception
{
    /// <summary>A refusal without a reason; here for serialisers.</summary>
    public LiveFaceException() => Code = Unknown;

    /// <summary>A refusal in one sentence.</summary>
    public LiveFaceException(string message) : base(message) => Code = Unknown;

    /// <summary>A refusal in one sentence, with what caused it.</summary>
    public LiveFaceException(string message, Exception innerException) : base(message, innerException) => Code = Unknown;

    /// <summary>A refusal by its code.</summary>
    public LiveFaceException(string code, string message, int? status = null, Exception? cause = null) : base(message, cause) =>
        (Code, Status) = (code, status);

    /// <summary>The protocol's code, such as <c>not-allowed</c>; docs/reference/protocol.md lists them.</summary>
    public string Code { get; }

    /// <summary>The HTTP status; null for a call on the hub.</summary>
    public int? Status { get; }

    /// <summary>How long to wait before another try, where the server says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The version that stands, for <c>version-mismatch</c>.</summary>
    public long? CurrentVersion { get; init; }

    internal const string Unknown = "internal-error";
}
