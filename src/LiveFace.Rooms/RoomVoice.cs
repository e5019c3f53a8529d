using LiveFace.Redaction.Policy;

namespace LiveFace.Rooms;

/// <summary>What a room tells those who are in it, and whoever watches rooms' states.</summary>
internal sealed class RoomVoice(string room, RoomObservers observers, Func<RoomState> read, Action<RoomState> changed)
{
    public void Policy(RedactionPolicy policy)
    {
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
