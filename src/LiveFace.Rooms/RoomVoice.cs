using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Rooms;

/// <summary>What a room tells those who are in it, and whoever watches rooms' states.</summary>
internal sealed class RoomVoice(string room, RoomObservers observers, Func<RoomState> read, Action<RoomState> changed)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<string> _reads = TraitWords.Of(FaceTraits.None);

    public void Policy(RedactionPolicy policy)
    {
        Reads(TraitWords.Of(PolicySnapshot.ReadBy(policy)));
        foreach (var observer in observers.All)
            observer.PolicyChanged(policy);
    }

    public void State()
    {
        var state = read();
        foreach (var observer in observers.All)
            observer.StateChanged(state);
        changed(state);
    }

    public void Notice(NoticeLevel level, string code, string message)
    {
        var notice = new RoomNotice(room, level, code, message);
        foreach (var observer in observers.All)
            observer.Noticed(notice);
    }

    /// <summary>Who is in the picture is told what is read of their faces, and when that ends.</summary>
    private void Reads(IReadOnlyList<string> reads)
    {
        lock (_gate)
        {
            if (ReferenceEquals(reads, _reads))
                return;
            _reads = reads;
        }

        Notice(NoticeLevel.Info, reads.Count > 0 ? "faces-read" : "faces-unread", reads.Count > 0
            ? $"The faces in this picture are read by a model: {string.Join(", ", reads)}."
            : "The faces in this picture are no longer read.");
    }

    public void Cover(RoomCover cover)
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

    public void Ended()
    {
        Notice(NoticeLevel.Info, "room-ended", "The room was ended.");
        foreach (var observer in observers.All)
            observer.RoomEnded();
    }
}
