using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Readings;

/// <summary>What was read of one track. What rules go by begins anew with each doubt about who the track is.</summary>
internal sealed class TrackReading
{
    private readonly SmoothReading _told = new();
    private readonly SmoothReading _certain = new();
    private BoxF? _box;
    private long _brokenAt;
    private long _toldFrom;
    private TimeSpan _readAt = TimeSpan.MinValue;

    public int Id { get; private set; }

    /// <summary>When the track began.</summary>
    public TimeSpan FirstSeen { get; private set; }

    /// <summary>When it was last sent to be read.</summary>
    public TimeSpan AskedAt { get; private set; }

    /// <summary>Whether the newest frame still has the track.</summary>
    public bool IsThere { get; set; }

    /// <summary>Whether it may be read in the newest frame: it is seen there, and large enough.</summary>
    public bool IsSeen { get; private set; }

    /// <summary>How often it was read, where there is no doubt about it since the last one.</summary>
    public int Readings => _box is null ? _told.Ages : _certain.Ages;

    /// <summary>All that its readings say together, for people.</summary>
    public FaceReading Told => _told.Value;

    /// <summary>Begins with a track of which nothing is known, and of which no earlier frame says anything.</summary>
    public void Begin(int id, TimeSpan firstSeen, long frame)
    {
        (Id, FirstSeen, AskedAt, _readAt) = (id, firstSeen, TimeSpan.MinValue, TimeSpan.MinValue);
        IsSeen = false;
        Forget(frame - 1);
    }

    /// <summary>It is in one frame more.</summary>
    public void Be(in Track track)
    {
        IsThere = true;
        IsSeen = !track.Coasting && MathF.Min(track.Box.Width, track.Box.Height) >= FaceReaderLane.SmallestFace;
    }

    /// <summary>It was followed without a doubt; a jump of its box is one.</summary>
    public void Follow(in FrameMark mark, BoxF box, float leastShared)
    {
        if (_box is { } before && before.IntersectionOverUnion(box) < leastShared)
            Forget(mark.Index - 1);
        _box = box;
    }

    /// <summary>No reading of a frame up to this one says who the track is after it.</summary>
    public void Doubt(long frame)
    {
        _brokenAt = frame;
        _readAt = TimeSpan.MinValue;
        _box = null;
        _certain.Clear();
    }

    /// <summary>The same, and what was told of it is of somebody else.</summary>
    public void Forget(long frame)
    {
        Doubt(frame);
        _toldFrom = frame;
        _told.Clear();
    }

    public void Asked(TimeSpan now) => AskedAt = now;

    /// <summary>It was read in one of its frames; null says that it could not be.</summary>
    public void Answer(in FrameMark taken, in FrameMark newest, in FaceReading? reading)
    {
        if (taken.Index > _toldFrom && reading is { } told)
            _told.Add(told);
        if (taken.Index <= _brokenAt)
            return;
        if (reading is not { Age: not null } read)
        {
            // A face of which no age can be read any more may be another one.
            Doubt(newest.Index);
            return;
        }

        _certain.Add(read);
        if (_certain.LastAge is null)
            Doubt(newest.Index);
        else
            _readAt = taken.Time;
    }

    /// <summary>The age, in whole years, that it is certainly over; null where there is any doubt.</summary>
    public int? CertainlyOver(TimeSpan now, ReadingOptions options)
    {
        if (_box is null || _readAt == TimeSpan.MinValue || now - _readAt > options.Longest || _certain.Ages < options.Least ||
            _certain.Value.Age is not { } age || _certain.LastAge is not { } last)
            return null;

        // The newest has to say so by itself as well: many readings may be of who was there before.
        var lower = last.Least < age.Least ? last : age;
        return PictureFaces.CertainlyOver(new FaceReading(lower, null, null)) is { } low && age.IsCertainlyOver(low) && last.IsCertainlyOver(low) ? low : null;
    }
}
