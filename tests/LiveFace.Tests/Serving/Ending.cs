using System.Collections.Concurrent;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Tests.Serving;

internal sealed class Ending(Action end) : IDisposable
{
    public void Dispose() => end();
}
