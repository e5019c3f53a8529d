using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Exemptions;

/// <summary>
/// One face of a room whose policy names people, and which of them looks say that it is. Two looks have to say the same, one
/// after the other and without a doubt between them. Of everybody else nothing is kept.
/// </summary>
internal sealed class KnownTrack(NamedPeople people) : WatchedTrack
{
    private const int LooksNeeded = 2;
    private const int LongestPause = 3;

    private string? _person;
    private FaceTemplate? _template;
    private int _agreeing;
    private int _strange;

    /// <summary>Whom the last looks showed; null for a stranger.</summary>
    public string? Person => _person;

    /// <summary>
    /// Strangers are looked at ever more rarely, so that those who are known are looked at in time; whom one look showed, again soon.
    /// </summary>
    public TimeSpan PauseOf(TimeSpan interval) => _agreeing is > 0 and < LooksNeeded ? interval / 2 : interval * (1 << Math.Min(_strange, LongestPause));

    /// <summary>Begins with another track, about whom nothing is known.</summary>
    public KnownTrack Reset(int id, long frame)
    {
        Begin(id, frame);
        (_person, _template, _agreeing, _strange) = (null, null, 0, 0);
        return this;
    }

    public override void Break(long frame)
    {
        base.Break(frame);
        _agreeing = 0;
    }

    /// <summary>Forgets somebody whom the policy names no more, or who has withdrawn.</summary>
    public void Check(long frame)
    {
        if (_person is null || people.Has(_person, _template!))
            return;
        (_person, _template) = (null, null);
        Break(frame);
    }

    protected override void See(FaceEmbedding seen, in FrameMark taken, in FrameMark newest)
    {
        var template = people.Find(seen, out var person);
        if (template is null)
        {
            (_person, _template) = (null, null);
            _strange++;
            Break(newest.Index);
            return;
        }

        _strange = 0;
        if (!ReferenceEquals(template, _template))
        {
            (_person, _template, _agreeing) = (person, template, 1);
            Doubt();
        }
        else if (++_agreeing >= LooksNeeded)
        {
            SameAt(taken);
        }
    }
}
