using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms;

/// <summary>Tells a room whom its policy leaves alone and who is hidden all the same, because they are not, or no longer, enrolled.</summary>
internal sealed class RoomPeople(string room, IDetectorShelf shelf, RoomVoice voice, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private PolicySnapshot? _policy;
    private long _askedAt;

    /// <summary>Asks once a second, and with each policy. Belongs to the picture thread.</summary>
    public void Check(PolicySnapshot policy)
    {
        if (policy.ExemptPeople.Count == 0 || (ReferenceEquals(policy, _policy) && clock.GetElapsedTime(_askedAt) < Interval))
            return;
        if (!ReferenceEquals(policy, _policy))
            _told.Clear();
        (_policy, _askedAt) = (policy, clock.GetTimestamp());
        foreach (var person in policy.ExemptPeople)
            if (shelf.FindPerson(person, room) is not null)
                _told.Remove(person);
            else if (_told.Add(person))
                voice.Notice(NoticeLevel.Warning, "person-hidden",
                    $"The policy leaves '{person}' alone, who is hidden: not enrolled for this room, no longer, or what is kept of them cannot be read.");
    }
}
