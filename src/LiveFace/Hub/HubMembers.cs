using System.Collections.Concurrent;

namespace LiveFace.Hub;

/// <summary>Everybody on the hub now.</summary>
internal sealed class HubMembers
{
    private readonly ConcurrentDictionary<string, HubMember> _members = new(StringComparer.Ordinal);

    public ICollection<HubMember> All => _members.Values;

    public void Add(string connection, HubMember member) => _members[connection] = member;

    public HubMember? Find(string connection) => _members.GetValueOrDefault(connection);

    public HubMember? Remove(string connection) => _members.TryRemove(connection, out var member) ? member : null;
}
