using LiveFace.Media.Codecs;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Relay.Remote;

/// <summary>
/// A room that another node owns, for those who watch it here. There is no pipeline and no policy, because nothing raw ever
/// comes: each codec in use is pulled once from the owner, encoded and redacted, and handed to everybody as it is.
/// </summary>
internal sealed partial class RelayedRoom : IDisposable
{
    private static readonly TimeSpan PatienceRefused = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceBroken = TimeSpan.FromSeconds(30);
    private static readonly int Codecs = Enum.GetValues<VideoCodec>().Length;

    private readonly RoomParts _parts;
    private readonly RelayWays _ways;
    private readonly RelayMeter _meter;
    private readonly Action<RelayedRoom> _emptied;
    private readonly AudioForwarder _audio;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly (RelayLane Lane, RelayPuller Puller)?[] _lanes = new (RelayLane, RelayPuller)?[Codecs];
    private readonly Lock _gate = new();
    private volatile IRelayedOutlet[] _viewers = [];
    private long? _lostAt;
    private bool _ended;

    public RelayedRoom(string name, RoomParts parts, RelayWays ways, RelayMeter meter, Action<RelayedRoom> emptied)
    {
        (Name, _parts, _ways, _meter, _emptied) = (name, parts, ways, meter, emptied);
        _audio = new AudioForwarder(
            parts.Clock, HandOut, () => meter.Dropped(RelayDrop.SoundQueueFull), error => parts.Report("relayed sound", error));
    }

    public string Name { get; }

    public RelayEpochs Epochs { get; } = new();

    public TimeSpan Now => _parts.Endpoint.Now;

    public int Viewers => _viewers.Length;

    /// <summary>Completes when the owner has agreed for the first time; fails with its refusal.</summary>
    public Task FirstOpened => _first.Task;

    /// <summary>False when the room has ended here, and another has to be made.</summary>
    public bool TryJoin(IRelayedOutlet viewer)
    {
        lock (_gate)
        {
            if (_ended)
                return false;
            if (_viewers.Length >= _parts.Options.ViewersPerRoom)
                throw new RoomRefusedException(RoomRefusal.RoomFull,
                    $"This room has its {_parts.Options.ViewersPerRoom} viewers on this node.", TimeSpan.FromSeconds(10));
            _viewers = [.. _viewers, viewer];
            Arrange();
            return true;
        }
    }

    public void Leave(IRelayedOutlet viewer)
    {
        lock (_gate)
        {
            _viewers = [.. _viewers.Where(other => other != viewer)];
            _ended |= _viewers.Length == 0;
            Arrange();
            if (!_ended)
                return;
        }

        Gone();
    }

    public void WishKeyFrame(VideoCodec codec) => _lanes[(int)codec]?.Lane.WishKeyFrame();

    public void Dispose() => End();

    /// <summary>Says goodbye to everybody.</summary>
    public void End()
    {
        IRelayedOutlet[] viewers;
        lock (_gate)
        {
            _ended = true;
            viewers = _viewers;
            _viewers = [];
            Arrange();
        }

        Gone();
        foreach (var viewer in viewers)
            viewer.Close();
    }

    /// <summary>Completes when nothing is pulled any more.</summary>
    public Task PullersDone()
    {
        lock (_gate)
            return Task.WhenAll(_lanes.Select(lane => lane?.Puller.Done ?? Task.CompletedTask));
    }

    /// <summary>The owner has agreed.</summary>
    public void Opened()
    {
        lock (_gate)
            _lostAt = null;
        _first.TrySetResult();
    }

    /// <summary>Passes the owner's sound on; each ownership's numbers go on where the last one's ended.</summary>
    public void Hear(in OutgoingAudioPacket packet, int source) => _audio.Forward(new ReceivedAudioPacket
    {
        Mid = "", Codec = packet.Codec, Payload = packet.Payload, RtpTimestamp = packet.RtpTimestamp,
        SequenceNumber = packet.SequenceNumber ?? 0, Marker = packet.Marker, ArrivalTime = Now,
        CaptureTime = Epochs.MapCapture(packet.CaptureTime, Now),
    }, source, TimeSpan.Zero);

    private void Gone()
    {
        _audio.Dispose();
        _emptied(this);
    }

    private void HandOut(in OutgoingAudioPacket packet)
    {
        foreach (var viewer in _viewers)
            viewer.Hear(packet);
    }

    /// <summary>A stream ended, or did not come about. Viewers wait for the next a while, and are then let go.</summary>
    private void Failed(RoomRefusedException? refusal)
    {
        if (refusal is not null && _first.TrySetException(refusal))
        {
            // Whoever waits for the first picture is told why; that others were not listening is no fault.
            _ = _first.Task.Exception;
            End();
            return;
        }

        lock (_gate)
        {
            _lostAt ??= _parts.Clock.GetTimestamp();
            if (_parts.Clock.GetElapsedTime(_lostAt.Value) < (refusal is null ? PatienceBroken : PatienceRefused))
                return;
        }

        LogGone(_parts.Logger, Name);
        End();
    }

    /// <summary>One stream for each codec that somebody gets, and none beside; the first of them brings the sound.</summary>
    private void Arrange()
    {
        var sound = _viewers.Length > 0;
        for (var codec = 0; codec < Codecs; codec++)
        {
            IRelayedOutlet[] outlets = [.. _viewers.Where(viewer => viewer.WatchesVideo && (int)viewer.Codec == codec)];
            var brings = sound && (outlets.Length > 0 || !_viewers.Any(viewer => viewer.WatchesVideo));
            sound &= !brings;
            if (outlets.Length == 0 && !brings)
            {
                _lanes[codec]?.Puller.Dispose();
                _lanes[codec] = null;
                continue;
            }

            if (_lanes[codec] is { } known)
            {
                known.Lane.Set(outlets, brings);
                continue;
            }

            var lane = new RelayLane(this, (VideoCodec)codec, _meter, _parts);
            lane.Set(outlets, brings);
            var puller = new RelayPuller(lane, _ways, _meter, _parts, Failed);
            _lanes[codec] = (lane, puller);
            puller.Start();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {Room}: its owner is not found any more; its viewers here are let go")]
    private static partial void LogGone(ILogger logger, string room);
}
