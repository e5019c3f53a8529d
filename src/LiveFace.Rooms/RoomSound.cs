using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms;

/// <summary>The sound of a room: passed on to all who watch, unless a moderator lets nobody hear it.</summary>
internal sealed class RoomSound : IDisposable
{
    private readonly string _room;
    private readonly RoomPolicies _kept;
    private readonly RoomVoice _voice;
    private readonly Func<RoomSession[]> _viewers;
    private readonly AudioForwarder _audio;
    private volatile bool _muted;

    public RoomSound(string room, RoomParts parts, RoomVoice voice, PipelineMeter meter, Func<RoomSession[]> viewers)
    {
        (_room, _kept, _voice, _viewers) = (room, parts.Policies, voice, viewers);
        _muted = parts.Policies.IsMuted(room);
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
                _kept.SaveMuted(_room, false);
            _muted = value;
            _voice.Notice(NoticeLevel.Warning, value ? "muted" : "unmuted", value ? "A moderator has muted this room." : "The room can be heard again.");
            _voice.State();
            if (value)
                _kept.SaveMuted(_room, true);
        }
    }

    /// <summary>Passes a packet of the publisher on, as late as the picture is held back.</summary>
    public void Forward(in ReceivedAudioPacket packet, int source, TimeSpan heldBack)
    {
        if (!_muted)
            _audio.Forward(packet, source, heldBack);
    }

    public void Dispose() => _audio.Dispose();

    private void Send(in OutgoingAudioPacket packet)
    {
        foreach (var viewer in _viewers())
            if (viewer.IsConnected)
                viewer.Peer.SendAudio(packet);
    }
}
