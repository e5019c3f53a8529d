using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Detection;

namespace LiveFace.Rooms.Tests;

/// <summary>
/// Counts pictures whose newest sound look is older than the policy allows, by the eye's own times and not by what the
/// rules say of them. Without a look-ahead that look is the one that the masks stand on.
/// </summary>
internal sealed class LookAges
{
    public long Old { get; private set; }

    /// <summary>Those of them that went out without the card.</summary>
    public long OldAndShown { get; private set; }

    public void Count(in ShownPicture picture, Eye eye)
    {
        if (eye.LastSeen is { } seen && picture.Tracks.Mark.Time - seen <= picture.Policy.MaximumAge)
            return;
        Old++;
        OldAndShown += picture.Decision.IsCovered ? 0 : 1;
    }
}
