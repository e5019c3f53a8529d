namespace LiveFace.Vision.Tests.Clips;

/// <summary>
/// What happens in a clip. <paramref name="FaceHeight"/> is in pixels; <paramref name="Speed"/> in face heights a
/// second; <paramref name="Pan"/> is how fast the camera turns, in pixels a second.
/// </summary>
internal sealed record ClipScript(int Seed, float FaceHeight, float Speed, int Faces, float Pan = 0)
{
    public int Width { get; init; } = 640;
    public int Height { get; init; } = 480;
    public int Frames { get; init; } = 60;
    public double FramesPerSecond { get; init; } = 30;

    /// <summary>How far faces turn to the side, in degrees.</summary>
    public float Roll { get; init; } = 15;

    /// <summary>By how much faces come nearer and go away, as a part.</summary>
    public float Zoom { get; init; } = 0.2f;

    /// <summary>How long the shutter is open, as a part of the frame's time; fast things are smeared.</summary>
    public float Shutter { get; init; } = 0.3f;

    /// <summary>Whether bars pass in front of the faces.</summary>
    public bool Occluders { get; init; } = true;

    /// <summary>Seconds from the beginning at which the faces are suddenly there.</summary>
    public float From { get; init; }

    public override string ToString() => $"{FaceHeight} px, {Speed}/s{(Pan > 0 ? ", panned" : "")}";
}

/// <summary>
/// Where a face really is: the middle, height, width and turn of its oval, and whether it counts, that is, lies in the
/// picture and is not hidden behind something.
/// </summary>
internal readonly record struct FaceTruth(int Id, float X, float Y, float Width, float Height, float Turn, bool Counts);
