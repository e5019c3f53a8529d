namespace LiveFace.Client.Messages;

/// <summary>What is in a picture; docs/reference/detections.md describes it.</summary>
public sealed record PictureDetections(int Width, int Height, string Look, bool Covered, IReadOnlyList<PictureObject> Objects);

/// <summary>One thing in a picture.</summary>
public sealed record PictureObject(string Model, string Class, float Score, PictureBox Box, bool Hidden)
{
    /// <summary>Of a face: right eye, left eye, nose, right and left corner of the mouth.</summary>
    public IReadOnlyList<PicturePoint>? Landmarks { get; init; }

    /// <summary>Polygons, the largest first, where the model gives masks.</summary>
    public IReadOnlyList<IReadOnlyList<PicturePoint>>? Outline { get; init; }

    /// <summary>What was read of a face.</summary>
    public FaceAttributes? Attributes { get; init; }
}

/// <summary>What was read of a face; null is what was not asked for, or what nothing is known about.</summary>
public sealed record FaceAttributes(AgeRange? Age, TraitWord? Gender, TraitWord? Emotion);

/// <summary>An age in years, and where it lies eight times in ten.</summary>
public sealed record AgeRange(float Years, float Low, float High);

/// <summary>A word, which may be "unsure", and how sure the model is.</summary>
public sealed record TraitWord(string Value, float Certainty);

/// <summary>The main object of a picture; docs/reference/crops.md describes it.</summary>
public sealed record PictureCrop(int Width, int Height, PictureBox Box, string By, string? Class, float Certainty, bool Unsure);

/// <summary>Polygons round what is in a box, the largest first; none where nothing in it stands out.</summary>
public sealed record BoxOutline(int Width, int Height, IReadOnlyList<IReadOnlyList<PicturePoint>> Outline);

/// <summary>A picture that may be shown, and how many things the models were sure of.</summary>
public sealed record SafePicture(byte[] File, string ContentType, int Found);

/// <summary>A picture cut to its main object's box, and how sure that box is: 0 to 1.</summary>
public sealed record CutPicture(byte[] File, string ContentType, PictureBox Box, float Certainty, bool Unsure);
