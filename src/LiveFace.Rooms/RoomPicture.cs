using LiveFace.Redaction.FailClosed;
using LiveFace.Rooms.Pipeline;

namespace LiveFace.Rooms;

/// <summary>
/// What a room shows, as far as people are told: size and cover. A change is told at most four times a second, and a
/// cover that lasts gets a notice.
/// </summary>
internal sealed class RoomPicture
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(1);

    private RoomCover _told = RoomCover.NoPicture;
    private RoomCover _seen = RoomCover.NoPicture;
    private TimeSpan _toldAt = TimeSpan.MinValue;
    private TimeSpan _seenSince;
    private RoomCover _noticed = RoomCover.None;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Why the picture is covered, as it was told last.</summary>
    public RoomCover Cover => _told;

    /// <summary>A picture has gone out. True when everybody is to be told of a change.</summary>
    public bool Show(in ShownPicture picture, out RoomCover? notice)
    {
        var cover = From(picture.Decision.Cover);
        if (cover != _seen)
            (_seen, _seenSince) = (cover, picture.Now);
        notice = null;
        if (_seen != _noticed && (picture.Now - _seenSince >= Lasting || _seen == RoomCover.None))
            notice = _noticed = _seen;

        var changed = picture.Width != Width || picture.Height != Height || _told != _seen;
        if (!changed || (_toldAt != TimeSpan.MinValue && picture.Now - _toldAt < Interval))
            return false;
        (Width, Height, _told, _toldAt) = (picture.Width, picture.Height, _seen, picture.Now);
        return true;
    }

    /// <summary>Nobody publishes any more.</summary>
    public void End() => _told = _seen = RoomCover.NoPicture;

    private static RoomCover From(CoverReason reason) => reason switch
    {
        CoverReason.None => RoomCover.None,
        CoverReason.Asked => RoomCover.Asked,
        CoverReason.Starting => RoomCover.Starting,
        CoverReason.DetectorLate => RoomCover.DetectorLate,
        CoverReason.ModelMissing => RoomCover.ModelMissing,
        CoverReason.Changing => RoomCover.Changing,
        CoverReason.EffectFailed => RoomCover.EffectFailed,
        CoverReason.DecoderLost => RoomCover.DecoderLost,
        CoverReason.NoPicture => RoomCover.NoPicture,
        _ => RoomCover.DetectorUnavailable,
    };
}
