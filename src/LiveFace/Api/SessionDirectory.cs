using System.Collections.Concurrent;

namespace LiveFace.Api;

/// <summary>
/// Sessions by their id, for PATCH and DELETE. A session leaves when it ends; one that was opened with a key that expires
/// is ended then.
/// </summary>
internal sealed class SessionDirectory(TimeProvider time)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly ConcurrentDictionary<string, MediaSession> _sessions = new(StringComparer.Ordinal);

    public int Count => _sessions.Count;

    public void Add(MediaSession session, DateTimeOffset? expires)
    {
        _sessions[session.Id] = session;
        _ = RemoveAtEndAsync(session, expires);
    }

    public MediaSession Find(SessionKind kind, string room, string id) =>
        _sessions.TryGetValue(id, out var session) && session.Kind == kind && session.Room == room
            ? session
            : throw new ProblemException(Problem.SessionNotFound, "It has ended, or never was.");

    private async Task RemoveAtEndAsync(MediaSession session, DateTimeOffset? expires)
    {
        if (expires is { } end && end - time.GetUtcNow() is var left && left < LongestTimer)
        {
            await Task.WhenAny(session.Ended, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time));
            session.Close();
        }

        await session.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sessions.TryRemove(session.Id, out _);
    }
}
