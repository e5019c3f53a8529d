namespace LiveFace.Vision.Models;

/// <summary>How a picture is brought to a model's input size.</summary>
public enum ResizeMode
{
    /// <summary>Both sides scaled on their own; the shape of things may change.</summary>
    Stretch,

    /// <summary>One scale, picture in the middle, bars round it.</summary>
    LetterboxCentre,

    /// <summary>One scale, picture at the top left, bars right and below.</summary>
    LetterboxTopLeft,

    /// <summary>A square round the face is cut out and scaled.</summary>
    Crop,

    /// <summary>The face is turned and scaled so that its five points lie where the model expects them.</summary>
    Align,
}
