using System.Collections.Concurrent;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Tests.Serving;

internal sealed class ScriptedSession(string answer) : IRoomSession
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string AnswerSdp => answer;

    public List<string> Fragments { get; } = [];

    public Task Ended => _ended.Task;

    public string? ApplyFragment(string sdpFragment)
    {
        Fragments.Add(sdpFragment);
        return sdpFragment.Contains("ice-ufrag", StringComparison.Ordinal) ? "a=ice-ufrag:new\r\na=ice-pwd:new\r\n" : null;
    }

    public void Close() => _ended.TrySetResult();
}
