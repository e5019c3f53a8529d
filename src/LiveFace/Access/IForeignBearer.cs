using System.Net;
using LiveFace.Http;

namespace LiveFace.Access;

/// <summary>Another system that vouches for callers, beside the server's own keys and links.</summary>
internal interface IForeignBearer
{
    /// <summary>Whether a bearer, or the lack of one, is for it to judge.</summary>
    bool Reads(string? bearer);

    /// <summary>What its holder may do of what the request needs, or why nothing.</summary>
    ValueTask<(Grant? Grant, Problem? Problem)> AdmitAsync(ForeignRequest request, CancellationToken cancel);
}

/// <summary>What another system is asked about.</summary>
internal sealed record ForeignRequest(string? Bearer, IPAddress Address, Roles Needed, string? Room, bool IsHub);

/// <summary>The word of another system that a grant stands on, for as long as it is not taken back.</summary>
internal interface IGrantRecheck
{
    TimeSpan Every { get; }

    bool IsOver { get; }

    /// <summary>Asks again whether it stands; a word that was taken back stays so.</summary>
    Task AskAsync();

    /// <summary>Whether the same caller may do something else, as on a hub connection that is in many rooms.</summary>
    ValueTask<bool> MayAsync(Roles roles, string room);
}
