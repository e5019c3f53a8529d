using LiveFace.Redaction.Policy;
using LiveFace.Vision.Identity;

namespace LiveFace.Redaction.Exemptions;

/// <summary>
/// The people whom a policy names, as far as they are enrolled at this moment: asked for with each frame, so that who has
/// withdrawn is a stranger from the next frame on.
/// </summary>
internal sealed class NamedPeople(Func<string, FaceTemplate?> find)
{
    /// <summary>How much more alike somebody is to who they are than to anybody else, at least.</summary>
    private const float Lead = 0.1f;

    /// <summary>Of so many, a stranger is taken for one of them about as rarely as two people for one.</summary>
    private const int Few = 4;

    private readonly (string Person, FaceTemplate? Template)[] _named = new (string, FaceTemplate?)[PolicyLimits.People];
    private int _count;

    public bool Any => _count > 0;

    /// <summary>Asks for all whom the policy names.</summary>
    public void Read(PolicySnapshot policy)
    {
        _count = Math.Min(policy.ExemptPeople.Count, _named.Length);
        for (var i = 0; i < _count; i++)
            _named[i] = (policy.ExemptPeople[i], find(policy.ExemptPeople[i]));
    }

    /// <summary>Forgets everybody.</summary>
    public void Clear()
    {
        Array.Clear(_named);
        _count = 0;
    }

    /// <summary>Whether somebody is still enrolled as they were.</summary>
    public bool Has(string person, FaceTemplate template)
    {
        for (var i = 0; i < _count; i++)
            if (ReferenceEquals(_named[i].Template, template) && string.Equals(_named[i].Person, person, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>Whom a look shows; null for a stranger, and for who is about as like two of them, since one of both it is not.</summary>
    public FaceTemplate? Find(FaceEmbedding seen, out string? person)
    {
        var (best, second, at) = (float.MinValue, float.MinValue, -1);
        for (var i = 0; i < _count; i++)
        {
            if (_named[i].Template?.Likeness(seen) is not { } likeness)
                continue;
            if (likeness > best)
                (second, best, at) = (best, likeness, i);
            else if (!(likeness <= second))
                second = likeness;
        }

        var bar = _count <= Few ? FaceIdentifier.EnrolledPerson : FaceIdentifier.EnrolledAmongMany;
        var isKnown = best >= bar && (second < bar || best - second >= Lead);
        person = isKnown ? _named[at].Person : null;
        return isKnown ? _named[at].Template : null;
    }
}
