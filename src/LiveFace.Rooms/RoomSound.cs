using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms;

/// <summary>The sound of a room: passed on to all who watch, unless a moderator lets nobody hear it.</summary>
internal sealed class RoomSound : IDisposable
{
    private readonly string _room;
    private readonly RoomPolicies _policies;
    private readonly RoomVoice _voice;
    private readonly Func<RoomMembers> _members;
    private readonly AudioForwarder _audio;
    private readonly Lock _gate = new();
    private bool _kept;
    private volatile bool _muted;

    public RoomSound(string room, RoomParts parts, RoomVoice voice, PipelineMeter meter, Func<RoomMembers> members)
    {
        (_room, _policies, _voice, _members) = (room, parts.Policies, voice, members);
        _muted = _kept = parts.Policies.IsMuted(room);
        _audio = new AudioForwarder(
            parts.Clock, Send, () => meter.Dropped(PipelineDrop.SoundQueueFull), error => parts.Report("sound", error));
    }

    /// <inheritdoc cref="IRoom.Muted"/>
    public bool Muted
    {
        get => _muted;
        set
        {
            if (_muted == value)
                return;
            // Silence holds whether or not the disk takes it, sound only once it has.
            if (!value)
                Keep(false);
            _muted = value;
            Tell(value);
            if (value)
                Keep(true);
        }
    }

    /// <summary>Takes up what another server kept since.</summary>
    public void TakeUp()
    {
        lock (_gate)
        {
            var kept = _policies.IsMuted(_room);
            if (kept == _kept)
                return;
            _kept = kept;
            if (kept == _muted)
                return;
            _muted = kept;
        }

        Tell(_muted);
    }

    /// <summary>Passes a packet of the publisher on, as late as the picture is held back.</summary>
    public void Forward(in ReceivedAudioPacket packet, int source, TimeSpan heldBack)
    {
        if (!_muted)
            _audio.Forward(packet, source, heldBack);
    }

    public void Dispose() => _audio.Dispose();

    private void Keep(bool muted)
    {
        lock (_gate)
        {
            _policies.SaveMuted(_room, muted);
            _kept = muted;
        }
    }

    private void Tell(bool muted)
    {
        _voice.Notice(NoticeLevel.Warning, muted ? "muted" : "unmuted", muted ? "A moderator has muted this room." : "The room can be heard again.");
        _voice.State();
    }

    private void Send(in OutgoingAudioPacket packet) => _members().Send(packet);
}
