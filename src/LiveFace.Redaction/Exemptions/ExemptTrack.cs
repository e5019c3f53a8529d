using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Exemptions;

/// <summary>One track that a policy exempts, and what is known of who it is.</summary>
internal sealed class ExemptTrack(int id)
{
    private FaceEmbedding? _person;
    private long _brokenAt;
    private TimeSpan _lookedAt = TimeSpan.MinValue;
    private TimeSpan _sameAt = TimeSpan.MinValue;
    private BoxF? _box;

    public int Id => id;

    /// <summary>Where it is in the frame that was followed last; null when nothing may be concluded from that frame.</summary>
    public BoxF? Box => _box;

    /// <summary>When it was last looked at, on the frames' clock.</summary>
    public TimeSpan LookedAt => _lookedAt;

    /// <summary>Whether the policy in force still names it.</summary>
    public bool IsNamed { get; set; } = true;

    /// <summary>Nothing that was seen in frames up to this one says who the track is after it.</summary>
    public void Break(long frame)
    {
        _brokenAt = frame;
        _sameAt = TimeSpan.MinValue;
        _box = null;
    }

    /// <summary>It was followed without a doubt; a jump of its box is one.</summary>
    public void Follow(in FrameMark mark, BoxF box, float leastShared)
    {
        var jumped = _box is { } before && before.IntersectionOverUnion(box) < leastShared;
        if (jumped)
            Break(mark.Index - 1);
        _box = box;
    }

    public void LookedAtIt(TimeSpan now) => _lookedAt = now;

    /// <summary>
    /// A look at one of its frames has been answered; null says that no face could be made out. The first answer says
    /// who the person is that the policy means, and exempts nobody yet.
    /// </summary>
    public void Answer(in FrameMark taken, in FrameMark newest, FaceEmbedding? seen)
    {
        if (taken.Index <= _brokenAt)
            return;
        if (seen is null)
            Break(newest.Index);
        else if (_person is null)
            (_person, _lookedAt) = (seen.Copy(), TimeSpan.MinValue);
        else if (_person.Likeness(seen) >= FaceIdentifier.SamePerson)
            _sameAt = taken.Time;
        else
            Break(newest.Index);
    }

    public bool Holds(TimeSpan now, TimeSpan longest) => _sameAt != TimeSpan.MinValue && _box is not null && now - _sameAt <= longest;

    /// <summary>Overwrites what is known of the person.</summary>
    public void Forget()
    {
        _person?.Forget();
        _person = null;
    }
}
