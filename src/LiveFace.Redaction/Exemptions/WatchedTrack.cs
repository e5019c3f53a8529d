using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Exemptions;

/// <summary>One track at which looks are taken, and up to when what they saw says who it is.</summary>
internal abstract class WatchedTrack
{
    private long _brokenAt;
    private TimeSpan _sameAt = TimeSpan.MinValue;

    /// <summary>The track's number.</summary>
    public int Id { get; protected set; }

    /// <summary>Where it is in the frame that was followed last; null when nothing may be concluded from that frame.</summary>
    public BoxF? Box { get; private set; }

    /// <summary>When it was last looked at, on the frames' clock.</summary>
    public TimeSpan LookedAt { get; set; } = TimeSpan.MinValue;

    /// <summary>Nothing that was seen in frames up to this one says who the track is after it.</summary>
    public virtual void Break(long frame)
    {
        _brokenAt = frame;
        _sameAt = TimeSpan.MinValue;
        Box = null;
    }

    /// <summary>It was followed without a doubt; a jump of its box is one.</summary>
    public void Follow(in FrameMark mark, BoxF box, float leastShared)
    {
        if (Box is { } before && before.IntersectionOverUnion(box) < leastShared)
            Break(mark.Index - 1);
        Box = box;
    }

    /// <summary>A look at one of its frames has been answered; null says that no face could be made out.</summary>
    public void Answer(in FrameMark taken, in FrameMark newest, FaceEmbedding? seen)
    {
        if (taken.Index <= _brokenAt)
            return;
        if (seen is null)
            Break(newest.Index);
        else
            See(seen, taken, newest);
    }

    public bool Holds(TimeSpan now, TimeSpan longest) => _sameAt != TimeSpan.MinValue && Box is not null && now - _sameAt <= longest;

    protected abstract void See(FaceEmbedding seen, in FrameMark taken, in FrameMark newest);

    /// <summary>What looks said before is not so.</summary>
    protected void Doubt() => _sameAt = TimeSpan.MinValue;

    protected void SameAt(in FrameMark taken) => _sameAt = taken.Time;

    /// <summary>Begins with another track, of which no earlier frame says anything: its number may have been another's.</summary>
    protected void Begin(int id, long frame)
    {
        (Id, _brokenAt, _sameAt, Box, LookedAt) = (id, frame - 1, TimeSpan.MinValue, null, TimeSpan.MinValue);
    }
}
