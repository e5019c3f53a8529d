using System.Collections.Concurrent;
using LiveFace.WebRtc.Ice;

namespace LiveFace.WebRtc.Transport;

/// <summary>Which peer is at which address: the only way into a session for anything but a check.</summary>
internal sealed class PathTable
{
    /// <summary>
    /// A path in use is not given to another session: a check with a forged source could steal it otherwise. A client
    /// that starts anew from the same address waits this long at most.
    /// </summary>
    static readonly TimeSpan InUse = TimeSpan.FromSeconds(3);

    readonly ConcurrentDictionary<PathKey, PeerPath> _paths = [];

    public int Count => _paths.Count;

    public bool TryFind(in PathKey key, out PeerPath path) => _paths.TryGetValue(key, out path!);

    public bool TryAdd(PeerPath path, TimeSpan now)
    {
        while (!_paths.TryAdd(path.Key, path))
        {
            if (_paths.TryGetValue(path.Key, out var other))
            {
                if (!other.Owner.IsOver && now - other.LastReceived < InUse)
                    return false;
                Remove(other);
            }
        }

        return true;
    }

    public void Remove(PeerPath path) => _paths.TryRemove(new(path.Key, path));
}
