namespace LiveFace.Vision.Framing;

/// <summary>By what a picture's main object was found.</summary>
public enum FramedBy
{
    /// <summary>Nothing stands out: it is the middle.</summary>
    Middle,

    /// <summary>A face, and the person round it where one was found.</summary>
    Faces,

    /// <summary>An object that a model knows, or several of a kind.</summary>
    Objects,

    /// <summary>What stands out from what is at the picture's edges.</summary>
    Saliency,
}
