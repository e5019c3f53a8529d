using System.Security.Cryptography;
using LiveFace.Http;
using LiveFace.Rooms;

namespace LiveFace.Features.Sessions;

internal enum SessionKind
{
    Whip,
    Whep,
    Peer,
}

/// <summary>A session that was opened over HTTP, with the ETag that names its ICE session (RFC 9725, section 4.3).</summary>
internal sealed class HttpSession(SessionKind kind, string room, IRoomSession session)
{
    private readonly Lock _lock = new();

    public SessionKind Kind { get; } = kind;

    public string Room { get; } = room;

    public string Id => session.Id;

    public string AnswerSdp => session.AnswerSdp;

    public Task Ended => session.Ended;

    public string ETag { get; private set; } = MakeETag();

    /// <summary>Trickled candidates give null; an ICE restart gives the fragment to answer with, and a new ETag.</summary>
    public string? Patch(string fragment, string ifMatch)
    {
        lock (_lock)
        {
            if (ifMatch != "*" && ifMatch != ETag)
                throw new ProblemException(Problem.VersionMismatch, "The ICE session has been restarted since.");
            var answer = session.ApplyFragment(fragment);
            if (answer is not null)
                ETag = MakeETag();
            return answer;
        }
    }

    public void Close() => session.Close();

    private static string MakeETag() => $"\"{RandomNumberGenerator.GetHexString(8, lowercase: true)}\"";
}
