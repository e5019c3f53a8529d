namespace LiveFace.Browser.Tests.Redaction;

/// <summary>
/// Which frame of the clip a picture is (null under a card), whether a face was found where the clip's face is, and how
/// like the clip's person the most alike of all that was looked at is.
/// </summary>
internal readonly record struct Testimony(int? Number, bool IsFound, float Likeness)
{
    public const float NoFace = -1;
}
