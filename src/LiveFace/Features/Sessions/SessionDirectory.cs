using System.Collections.Concurrent;
using LiveFace.Access;
using LiveFace.Http;

namespace LiveFace.Features.Sessions;

/// <summary>
/// Sessions by their id, for PATCH and DELETE. A session leaves when it ends, and ends when the grant that opened it does.
/// </summary>
internal sealed class SessionDirectory(OpenGrants open, SessionNames names)
{
    private readonly ConcurrentDictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);

    public int Count => _sessions.Count;

    /// <param name="place">Is given back when the session ends.</param>
    public void Add(HttpSession session, Grant grant, IDisposable place)
    {
        _sessions[session.Id] = session;
        _ = RemoveAtEndAsync(session, open.Track(grant, _ => session.Close()), place);
    }

    /// <summary>The session's part of its address.</summary>
    public string NameOf(HttpSession session) => names.Prefix + session.Id;

    public HttpSession Find(SessionKind kind, string room, string name) =>
        name.StartsWith(names.Prefix, StringComparison.Ordinal) && _sessions.TryGetValue(name[names.Prefix.Length..], out var session) && session.Kind == kind && session.Room == room
            ? session
            : throw new ProblemException(Problem.SessionNotFound, "It has ended, or never was.");

    private async Task RemoveAtEndAsync(HttpSession session, IDisposable tracked, IDisposable place)
    {
        await session.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        tracked.Dispose();
        place.Dispose();
        _sessions.TryRemove(session.Id, out _);
    }
}

/// <summary>How sessions are called in addresses: in a cluster the node that has one is a part of its name.</summary>
internal sealed record SessionNames(string Prefix);
