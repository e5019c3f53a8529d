using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;

namespace LiveFace.Rooms;

/// <summary>
/// One room: a publisher, those who watch, the policy between them, and the pipeline that everything goes through.
/// Who is there is one value that changes under a lock; frames, sound and keyframe wishes read it without.
/// </summary>
internal sealed partial class Room : IRoom, IPipelineListener, IDisposable
{
    private readonly RoomParts _parts;
    private readonly Action<RoomState> _changed;
    private readonly PolicyBoard _board;
    private readonly RoomPipeline _pipeline;
    private readonly RoomObservers _observers = new();
    private readonly RoomPicture _picture = new();
    private readonly PeerReport _publisherReport = new();
    private readonly AudioForwarder _audio;
    private readonly Lock _gate = new();
    private volatile RoomMembers _members = RoomMembers.Nobody;
    private long _emptySince;
    private bool _ended;
    private volatile bool _muted;

    public Room(string name, RoomParts parts, Action<RoomState> changed)
    {
        Name = name;
        _parts = parts;
        _changed = changed;
        _board = parts.Policies.Open(name);
        _muted = parts.Policies.IsMuted(name);
        _pipeline = new RoomPipeline(
            name, parts.Frames, parts.Codecs, parts.Shelf, _board, parts.Options.ToPipelineOptions(), this, parts.Clock, parts.Stickers);
        _audio = new AudioForwarder(
            parts.Clock, SendSound, () => _pipeline.Meter.Dropped(PipelineDrop.SoundQueueFull),
            error => parts.Report("sound", error));
        _emptySince = parts.Clock.GetTimestamp();
    }

    public string Name { get; }

    public RedactionPolicy Policy => _board.Current.Policy;

    public RoomPipeline Pipeline => _pipeline;

    public RoomState State
    {
        get
        {
            var members = _members;
            var publisher = members.Publisher is { } session
                ? new RoomPublisher(session.Since, CodecName(session.Peer.NegotiatedVideoCodec), _picture.Width, _picture.Height, session.SendsAudio)
                : null;
            return new RoomState(
                Name, publisher, members.Viewers.Length, _observers.Count,
                publisher is null ? RoomCover.NoPicture : _picture.Cover, _board.Current.Version)
            { Muted = _muted };
        }
    }

    /// <summary>How long nobody has been here; nothing while somebody is.</summary>
    public TimeSpan EmptyFor => IsEmpty ? _parts.Clock.GetElapsedTime(Volatile.Read(ref _emptySince)) : TimeSpan.Zero;

    private bool IsEmpty => _members is { Publisher: null, Viewers.Length: 0 } && _observers.Count == 0;

    public bool TrySetPolicy(RedactionPolicy policy, long? expectedVersion, out RedactionPolicy current, bool moderates = false)
    {
        RefuseUnknownNames(policy);
        PolicySnapshot? snapshot = null;
        void Keep(RedactionPolicy next)
        {
            if (moderates)
                _parts.Policies.SaveMore(Name, policy);
            _parts.Policies.Save(Name, next);
        }

        try
        {
            var replaced = WithinLimits(() => moderates
                ? _board.TryModerate(policy, out snapshot, expectedVersion, Keep)
                : _board.TryReplace(policy, out snapshot, expectedVersion, Keep));
            current = snapshot!.Policy;
            if (!replaced)
                return false;
        }
        catch (NotKeptException)
        {
            // The stricter of the two holds, and is kept when the disk takes it.
            _parts.Policies.SaveLater(Name, Policy);
            if (moderates)
                _parts.Policies.SaveMoreLater(Name, policy);
            TellPolicy(Policy);
            TellState();
            throw;
        }

        if (moderates)
            Notice(NoticeLevel.Warning, "hidden-more", "A moderator changed how this room is hidden; it is hidden no less than its owner chose.");
        TellPolicy(current);
        TellState();
        return true;
    }

    public bool TrySetFloor(string session, RedactionPolicy? floor, out RedactionPolicy current)
    {
        RefuseUnknownNames(floor);
        var members = _members;
        current = Policy;
        if (members.Publisher?.Id != session)
            return false;
        PolicySnapshot? snapshot = null;
        if (!WithinLimits(() => _board.TrySetFloor(members.Source, floor, out snapshot)))
            return false;
        current = snapshot!.Policy;
        TellPolicy(current);
        TellState();
        return true;
    }

    public bool Muted
    {
        get => _muted;
        set
        {
            if (_muted == value)
                return;
            // Silence holds whether or not the disk takes it, sound only once it has.
            if (!value)
                _parts.Policies.SaveMuted(Name, false);
            _muted = value;
            Notice(NoticeLevel.Warning, value ? "muted" : "unmuted", value ? "A moderator has muted this room." : "The room can be heard again.");
            TellState();
            if (value)
                _parts.Policies.SaveMuted(Name, true);
        }
    }

    public RoomStatistics ReadStatistics() => StatisticsReport.Of(
        _pipeline, State, _board.Current, _parts.Device, _publisherReport.Read(_members.Publisher), _parts.Clock.GetUtcNow());

    public IRoomSession Publish(string offerSdp, bool watchesToo, bool takeOver, PublisherWishes wishes)
    {
        RefuseUnknownNames(wishes.Policy);
        RefuseUnknownNames(wishes.Floor);
        var isTaken = _members.Publisher is not null;
        if (isTaken && !takeOver)
            throw new RoomRefusedException(RoomRefusal.RoomTaken, "Somebody publishes to this room already.", TimeSpan.FromSeconds(5));
        if (!isTaken)
            _parts.Admission.AdmitPublisher();
        var directions = MediaDirections.ReceiveVideo | MediaDirections.ReceiveAudio |
            (watchesToo ? MediaDirections.SendVideo : MediaDirections.None);
        var answer = _parts.Endpoint.Accept(offerSdp, Media(directions));
        var session = new RoomSession(answer.Peer, answer.Sdp, publishes: true, _parts.Clock.GetUtcNow());
        RoomSession? replaced;
        PolicySnapshot begun;
        int source;
        lock (_gate)
        {
            RefuseIfEnded(session);
            begun = Begin(session, wishes);
            source = begun.Publication;
            replaced = _members.Publisher;
            _members = _members with { Publisher = session, Source = source };
            _pipeline.SetOutlets(_members.Outlets());
        }

        answer.Peer.VideoReceived = (RtcPeer _, in ReceivedVideoFrame frame) => _pipeline.Receive(frame, source);
        answer.Peer.AudioReceived = (RtcPeer _, in ReceivedAudioPacket packet) => ForwardAudio(packet, source);
        _pipeline.PublisherChanged();
        Attach(session);
        replaced?.Close();
        TellPolicy(begun.Policy);
        Notice(NoticeLevel.Info, replaced is null ? "publisher-joined" : "publisher-replaced",
            replaced is null ? "Somebody began to publish." : "Somebody else took over publishing.");
        TellState();
        return session;
    }

    public IRoomSession View(string offerSdp)
    {
        if (_members.Publisher is null)
            throw new RoomRefusedException(RoomRefusal.RoomEmpty, "Nobody publishes to this room.", TimeSpan.FromSeconds(2));
        if (_members.Viewers.Length >= _parts.Options.ViewersPerRoom)
            throw new RoomRefusedException(RoomRefusal.RoomFull,
                $"This room has its {_parts.Options.ViewersPerRoom} viewers.", TimeSpan.FromSeconds(10));
        var answer = _parts.Endpoint.Accept(offerSdp, Media(MediaDirections.SendVideo | MediaDirections.SendAudio));
        var session = new RoomSession(answer.Peer, answer.Sdp, publishes: false, _parts.Clock.GetUtcNow());
        lock (_gate)
        {
            RefuseIfEnded(session);
            _members = _members.With(session);
            _pipeline.SetOutlets(_members.Outlets());
        }

        Attach(session);
        TellState();
        return session;
    }

    public IDisposable Observe(IRoomObserver observer)
    {
        var seat = _observers.Add(observer, () =>
        {
            NoteEmpty();
            TellState();
        });
        TellState();
        return seat;
    }

    public void End()
    {
        RoomMembers members;
        lock (_gate)
        {
            _ended = true;
            members = _members;
        }

        members.Publisher?.Close();
        foreach (var viewer in members.Viewers)
            viewer.Close();
        Notice(NoticeLevel.Info, "room-ended", "The room was ended.");
        foreach (var observer in _observers.All)
            observer.RoomEnded();
    }

    /// <summary>Completes when every session that is there now has ended.</summary>
    public Task SessionsEnded()
    {
        var members = _members;
        return Task.WhenAll([.. members.Viewers.Select(viewer => viewer.Ended), members.Publisher?.Ended ?? Task.CompletedTask]);
    }

    /// <summary>Takes the room out of use if nobody came meanwhile.</summary>
    public bool TryRetire()
    {
        lock (_gate)
        {
            if (!IsEmpty && !_ended)
                return false;
            return _ended = true;
        }
    }

    public void Dispose()
    {
        _ended = true;
        _audio.Dispose();
        _pipeline.Dispose();
    }

    void IPipelineListener.NeedsKeyFrame() => _members.Publisher?.Peer.RequestKeyFrame();

    void IPipelineListener.Shown(in ShownPicture picture)
    {
        RoomDetections? detections = null;
        foreach (var observer in _observers.All)
            if (observer.WantsDetections(picture.Now))
                observer.DetectionsMade(detections ??= DetectionReport.Of(Name, picture));
        if (_picture.Show(picture, out var notice))
            TellState();
        if (notice is { } cover)
            NoticeCover(cover);
    }

    void IPipelineListener.Failed(Exception error) => _parts.Report("picture", error);

    private void Attach(RoomSession session)
    {
        var kind = session.Publishes ? "publishing" : "watching";
        session.Peer.Connected = peer =>
        {
            LogBegan(_parts.Logger, Name, kind);
            WishKeyFrame(peer);
        };
        session.Peer.KeyFrameRequested = WishKeyFrame;
        session.Peer.Closed = (_, reason) =>
        {
            LogEnded(_parts.Logger, Name, kind, reason);
            Leave(session);
        };

        // It may have closed before anybody listened.
        if (session.Peer.State == RtcPeerState.Closed)
            Leave(session);
    }

    private void Leave(RoomSession session)
    {
        bool returned;
        lock (_gate)
        {
            // What one publisher set is no business of the next.
            returned = ReferenceEquals(_members.Publisher, session) && _board.TryEnd(_members.Source);
            _members = _members.Without(session);
            _pipeline.SetOutlets(_members.Outlets());
            NoteEmpty();
        }

        session.MarkEnded();
        if (returned)
        {
            _parts.Policies.Forget(Name);
            _pipeline.PublisherChanged();
            TellPolicy(Policy);
        }

        if (session.Publishes && _members.Publisher is null)
        {
            _picture.End();
            Notice(NoticeLevel.Info, "publisher-left", "Nobody publishes any more.");
        }

        TellState();
    }

    private PolicySnapshot Begin(RoomSession session, PublisherWishes wishes)
    {
        try
        {
            return WithinLimits(() => _board.Begin(wishes.Policy, wishes.Floor));
        }
        catch (PolicyRefusedException)
        {
            session.Close();
            throw;
        }
    }

    private void RefuseUnknownNames(RedactionPolicy? policy)
    {
        if (policy is not null && _parts.Names.Check(policy) is { Count: > 0 } problems)
            throw new PolicyRefusedException(problems);
    }

    /// <summary>A policy that was valid by itself may be too large together with the floors.</summary>
    private static T WithinLimits<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (ArgumentException error)
        {
            throw new PolicyRefusedException([new("policy", $"does not go together with the floor: {error.Message}")]);
        }
    }

    private void TellPolicy(RedactionPolicy policy)
    {
        foreach (var observer in _observers.All)
            observer.PolicyChanged(policy);
    }

    private void RefuseIfEnded(RoomSession session)
    {
        if (!_ended)
            return;
        session.Close();
        throw new RoomRefusedException(RoomRefusal.ShuttingDown, "The room is being closed.", TimeSpan.FromSeconds(3));
    }

    private void ForwardAudio(in ReceivedAudioPacket packet, int source)
    {
        var members = _members;
        if (members.Source == source && !_muted)
            _audio.Forward(packet, source, _pipeline.HeldBack);
    }

    private void SendSound(in OutgoingAudioPacket packet)
    {
        foreach (var viewer in _members.Viewers)
            if (viewer.IsConnected)
                viewer.Peer.SendAudio(packet);
    }

    private void WishKeyFrame(RtcPeer peer)
    {
        if (peer.NegotiatedVideoCodec is { } codec && CodecNames.FromRtc(codec) is { } video)
            _pipeline.WishKeyFrame(video);
    }

    private MediaPolicy Media(MediaDirections directions)
    {
        var most = _parts.Options.MaximumKbps * 1000L;
        return new MediaPolicy
        {
            VideoCodecs = _parts.SpokenCodecs, Directions = directions, MaximumBitrate = most,
            StartBitrate = Math.Min(most, 1_500_000), MaximumReceiveBitrate = most,
        };
    }

    private void NoteEmpty()
    {
        if (IsEmpty)
            Volatile.Write(ref _emptySince, _parts.Clock.GetTimestamp());
    }

    private void NoticeCover(RoomCover cover)
    {
        if (cover == RoomCover.None)
            Notice(NoticeLevel.Info, "uncovered", "The picture is shown.");
        else if (cover is RoomCover.DetectorUnavailable or RoomCover.ModelMissing)
            Notice(NoticeLevel.Error, "detector-failing", "The picture is covered, because the detector is not available.");
        else if (cover == RoomCover.EffectFailed)
            Notice(NoticeLevel.Error, "effect-failing", "The picture is covered, because what the policy asks for cannot be drawn; another policy may do.");
        else
            Notice(NoticeLevel.Warning, "covered", "The picture is covered.");
    }

    private void Notice(NoticeLevel level, string code, string message)
    {
        var notice = new RoomNotice(Name, level, code, message);
        foreach (var observer in _observers.All)
            observer.Noticed(notice);
    }

    private void TellState()
    {
        var state = State;
        foreach (var observer in _observers.All)
            observer.StateChanged(state);
        _changed(state);
    }

    private static string? CodecName(RtcCodec? codec) => codec switch
    {
        RtcCodec.Vp8 => "vp8",
        RtcCodec.Vp9 => "vp9",
        RtcCodec.H264 => "h264",
        _ => null,
    };
}
