namespace LiveFace.Vision.Attributes;

/// <summary>What can be read of a face.</summary>
[Flags]
public enum FaceTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>How old the person looks.</summary>
    Age = 1,

    /// <summary>Which gender the person looks like.</summary>
    Gender = 2,

    /// <summary>Which emotion the face shows.</summary>
    Emotion = 4,
}
