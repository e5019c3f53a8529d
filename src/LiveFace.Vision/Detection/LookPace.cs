namespace LiveFace.Vision.Detection;

/// <summary>How much of its budget a look spends.</summary>
public enum LookPace
{
    /// <summary>All of it on every frame.</summary>
    Full,

    /// <summary>
    /// All of it as long as there is something to find out (a new scene, tracks that are unsure, a picture that changes in
    /// many places) and every few looks; otherwise the whole picture in small, what is small in it, and what has changed.
    /// </summary>
    ByNeed,
}
