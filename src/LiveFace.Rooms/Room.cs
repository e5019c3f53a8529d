using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Attributes;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;

namespace LiveFace.Rooms;

/// <summary>
/// One room: a publisher, those who watch, the policy between them, and the pipeline that everything goes through.
/// Who is there is one value that changes under a lock; frames, sound and keyframe wishes read it without.
/// </summary>
internal sealed partial class Room : IRoom, IKeptRoom, IPipelineListener, IDisposable
{
    private readonly RoomParts _parts;
    private readonly RoomVoice _voice;
    private readonly RoomBoard _policies;
    private readonly PolicyBoard _board;
    private readonly RoomPipeline _pipeline;
    private readonly RoomObservers _observers = new();
    private readonly RoomPicture _picture = new();
    private readonly PeerReport _publisherReport = new();
    private readonly RoomSound _sound;
    private readonly RoomPeople _people;
    private readonly Lock _gate = new();
    private volatile RoomMembers _members = RoomMembers.Nobody;
    private long _emptySince;
    private bool _ended;

    public Room(string name, RoomParts parts, Action<RoomState> changed)
    {
        Name = name;
        _parts = parts;
        _voice = new RoomVoice(name, _observers, () => State, changed);
        _policies = new RoomBoard(name, parts.Policies, parts.Names, _voice);
        _board = _policies.Board;
        _pipeline = new RoomPipeline(
            name, parts.Frames, parts.Codecs, parts.Shelf, _board, parts.Options.ToPipelineOptions(), this, parts.Clock, parts.Stickers);
        _sound = new RoomSound(name, parts, _voice, _pipeline.Meter, () => _members);
        _people = new RoomPeople(name, parts.Shelf, _voice, parts.Clock);
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
                ? new RoomPublisher(session.Since, CodecNames.WordOf(session.Peer.NegotiatedVideoCodec), _picture.Width, _picture.Height, session.SendsAudio)
                : null;
            return new RoomState(
                Name, publisher, members.ViewerCount, _observers.Members,
                publisher is null ? RoomCover.NoPicture : _picture.Cover, _board.Current.Version)
            { Muted = _sound.Muted, Reads = TraitWords.Of(_board.Current.Reads) };
        }
    }

    /// <summary>How long nobody has been here; nothing while somebody is.</summary>
    public TimeSpan EmptyFor => IsEmpty ? _parts.Clock.GetElapsedTime(Volatile.Read(ref _emptySince)) : TimeSpan.Zero;

    private bool IsEmpty => _members.IsNobody && _observers.Count == 0;

    public bool TrySetPolicy(RedactionPolicy policy, long? expectedVersion, out RedactionPolicy current, bool moderates = false) =>
        _policies.TrySet(policy, expectedVersion, out current, moderates);

    public bool TrySetFloor(string session, RedactionPolicy? floor, out RedactionPolicy current)
    {
        _policies.RefuseUnfit(floor);
        var members = _members;
        current = Policy;
        return members.Publisher?.Id == session && _policies.TrySetFloor(members.Source, floor, out current);
    }

    public bool Muted { get => _sound.Muted; set => _sound.Muted = value; }

    public void TakeUp()
    {
        _policies.TakeUp();
        _sound.TakeUp();
    }

    public RoomStatistics ReadStatistics() => StatisticsReport.Of(
        _pipeline, State, _board.Current, _parts.Device, _publisherReport.Read(_members.Publisher), _parts.Clock.GetUtcNow());

    public IRoomSession Publish(string offerSdp, bool watchesToo, bool takeOver, PublisherWishes wishes)
    {
        _policies.RefuseUnfit(wishes);
        var isTaken = _members.Publisher is not null;
        if (isTaken && !takeOver)
            throw new RoomRefusedException(RoomRefusal.RoomTaken, "Somebody publishes to this room already.", TimeSpan.FromSeconds(5));
        if (!isTaken)
            _parts.Admission.AdmitPublisher();
        var directions = MediaDirections.ReceiveVideo | MediaDirections.ReceiveAudio |
            (watchesToo ? MediaDirections.SendVideo : MediaDirections.None);
        var answer = _parts.Endpoint.Accept(offerSdp, _parts.MediaFor(directions));
        var session = new RoomSession(answer.Peer, answer.Sdp, publishes: true, _parts.Clock.GetUtcNow());
        RoomSession? replaced;
        PolicySnapshot begun;
        lock (_gate)
        {
            RefuseIfEnded(session);
            begun = Begin(session, wishes, takesOver: _members.Publisher is not null);
            replaced = _members.Publisher;
            _members = _members with { Publisher = session, Source = begun.Publication };
            _pipeline.SetOutlets(_members.Outlets());
        }

        var source = begun.Publication;
        answer.Peer.VideoReceived = (RtcPeer _, in ReceivedVideoFrame frame) => _pipeline.Receive(frame, source);
        answer.Peer.AudioReceived = (RtcPeer _, in ReceivedAudioPacket packet) => ForwardAudio(packet, source);
        _pipeline.PublisherChanged();
        Attach(session);
        replaced?.Close();
        _voice.Policy(begun.Policy);
        _voice.Notice(NoticeLevel.Info, replaced is null ? "publisher-joined" : "publisher-replaced",
            replaced is null ? "Somebody began to publish." : "Somebody else took over publishing.");
        _voice.State();
        return session;
    }

    public IRoomSession View(string offerSdp)
    {
        _members.RefuseUnwatchable(_parts.Options.ViewersPerRoom);
        var answer = _parts.Endpoint.Accept(offerSdp, _parts.MediaFor(MediaDirections.SendVideo | MediaDirections.SendAudio));
        var session = new RoomSession(answer.Peer, answer.Sdp, publishes: false, _parts.Clock.GetUtcNow());
        lock (_gate)
        {
            RefuseIfEnded(session);
            _members = _members.With(session);
            _pipeline.SetOutlets(_members.Outlets());
        }

        Attach(session);
        _voice.State();
        return session;
    }

    public IDisposable Observe(IRoomObserver observer)
    {
        var seat = _observers.Add(observer, () =>
        {
            NoteEmpty();
            _voice.State();
        });
        _voice.State();
        return seat;
    }

    public void MembersChanged() => _voice.State();

    public void End()
    {
        RoomMembers members;
        lock (_gate)
        {
            _ended = true;
            members = _members;
        }

        members.Close();
        _voice.Ended();
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
        _sound.Dispose();
        _pipeline.Dispose();
    }

    void IPipelineListener.NeedsKeyFrame() => _members.Publisher?.Peer.RequestKeyFrame();

    void IPipelineListener.Shown(in ShownPicture picture)
    {
        RoomDetections? detections = null;
        foreach (var observer in _observers.All)
            if (observer.WantsDetections(picture.Now))
                observer.DetectionsMade(detections ??= DetectionReport.Of(Name, picture));
        _people.Check(_board.Current);
        if (_picture.Show(picture, out var notice))
            _voice.State();
        if (notice is { } cover)
            _voice.Cover(cover);
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
            _policies.Forget();
            _pipeline.PublisherChanged();
            _voice.Policy(Policy);
        }

        if (session.Publishes && _members.Publisher is null)
        {
            _picture.End();
            _voice.Notice(NoticeLevel.Info, "publisher-left", "Nobody publishes any more.");
        }

        _voice.State();
    }

    private PolicySnapshot Begin(RoomSession session, PublisherWishes wishes, bool takesOver)
    {
        try
        {
            return _policies.Begin(wishes, takesOver);
        }
        catch
        {
            session.Close();
            throw;
        }
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
        if (_members.Source == source)
            _sound.Forward(packet, source, _pipeline.HeldBack);
    }

    private void WishKeyFrame(RtcPeer peer)
    {
        if (peer.NegotiatedVideoCodec is { } codec && CodecNames.FromRtc(codec) is { } video)
            _pipeline.WishKeyFrame(video);
    }

    private void NoteEmpty()
    {
        if (IsEmpty)
            Volatile.Write(ref _emptySince, _parts.Clock.GetTimestamp());
    }
}
