using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Exemptions;

/// <summary>One track that a policy exempts by its number: the first look says who the person is that the policy means.</summary>
internal sealed class ExemptTrack : WatchedTrack
{
    private FaceEmbedding? _person;

    public ExemptTrack(int id) => Id = id;

    /// <summary>Whether the policy in force still names it.</summary>
    public bool IsNamed { get; set; } = true;

    /// <summary>Overwrites what is known of the person.</summary>
    public void Forget()
    {
        _person?.Forget();
        _person = null;
    }

    protected override void See(FaceEmbedding seen, in FrameMark taken, in FrameMark newest)
    {
        // The first look exempts nobody yet.
        if (_person is null)
            (_person, LookedAt) = (seen.Copy(), TimeSpan.MinValue);
        else if (_person.Likeness(seen) >= FaceIdentifier.SamePerson)
            SameAt(taken);
        else
            Break(newest.Index);
    }
}
