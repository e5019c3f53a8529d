namespace LiveFace.Vision.Identity;

/// <summary>What pictures have to be by which somebody is to be known again. Each refusal is a sentence for who sent them.</summary>
public static class FaceEnrolment
{
    /// <summary>The fewest pictures of one person.</summary>
    public const int Fewest = 3;

    /// <summary>The most pictures of one person.</summary>
    public const int Most = 8;

    /// <summary>The smaller side of a face's box in pixels, at least.</summary>
    public const float SmallestFace = 96;

    /// <summary>How alike each picture is to the mean of the others, at least.</summary>
    public const float LeastAgreement = 0.45f;

    /// <summary>Pictures that are more alike than this are one picture twice.</summary>
    public const float SamePicture = 0.995f;

    private const float LeastSharpness = 0.1f, LeastContrast = 18, Darkest = 40, Brightest = 225;
    private const float MostYaw = 0.22f, LeastPitch = 0.3f, MostPitch = 0.72f, MostRoll = 25;

    /// <summary>What is wrong with one picture; null where nothing is.</summary>
    public static string? Problem(in FaceQuality seen, float smallerSide)
    {
        if (!(smallerSide >= SmallestFace))
            return $"the face is {smallerSide:0} pixels across; it must be {SmallestFace} at least";
        // Each is written so that what is not a number is refused.
        if (!(MathF.Abs(seen.Yaw) <= MostYaw && seen.Pitch >= LeastPitch && seen.Pitch <= MostPitch))
            return "the face must look into the camera";
        if (!(MathF.Abs(seen.Roll) <= MostRoll))
            return "the head is tilted too far";
        if (!(seen.Brightness >= Darkest && seen.Brightness <= Brightest && seen.Contrast >= LeastContrast))
            return "the face is too dark, too bright or too pale";
        return seen.Sharpness >= LeastSharpness ? null : "the face is not sharp";
    }

    /// <summary>What is wrong with several together: the first that is the same as another, or unlike the others; null where they agree.</summary>
    public static (int Picture, string Problem)? Disagreeing(IReadOnlyList<FaceEmbedding> looks)
    {
        ArgumentNullException.ThrowIfNull(looks);
        for (var i = 0; i < looks.Count; i++)
            for (var j = 0; j < i; j++)
                if (!(looks[i].Likeness(looks[j]) <= SamePicture))
                    return (i, $"it is the same picture as number {j + 1}; send different ones");
        for (var i = 0; i < looks.Count; i++)
            if (!(FaceTemplate.Of([.. looks.Where((_, j) => j != i)]).Likeness(looks[i]) >= LeastAgreement))
                return (i, "it is not like the others; all must show one person");
        return null;
    }
}
