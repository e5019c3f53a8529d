namespace LiveFace.Vision.Models;

/// <summary>What a model is for.</summary>
public enum ModelJob
{
    /// <summary>Finds faces.</summary>
    Faces,

    /// <summary>Finds everyday objects.</summary>
    Objects,

    /// <summary>Gives the outline of a person.</summary>
    Outline,

    /// <summary>Age, gender or emotion of a face.</summary>
    Attributes,

    /// <summary>Numbers by which two pictures of a face compare.</summary>
    Embedding,

    /// <summary>Finds written text.</summary>
    Text,

    /// <summary>Finds licence plates.</summary>
    Plates,

    /// <summary>Points of a face.</summary>
    Landmarks,

    /// <summary>Sees watermarks, and what is under them.</summary>
    Watermark,

    /// <summary>Finds what a picture is of.</summary>
    Framing,
}
