using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Sandbox;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Pictures;

/// <summary>How a picture is read, what a person said about it, and what comes out.</summary>
public sealed record PictureOptions
{
    /// <summary>What is written; null is the picture's own format.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>What is read at most.</summary>
    public ImageLimits? Limits { get; init; }

    /// <summary>Stickers by name; null gives the first.</summary>
    public Func<string?, OverlayPicture?>? Stickers { get; init; }

    /// <summary>Where a stranger's file is read; without it, it is read here.</summary>
    public DecoderSandbox? Sandbox { get; init; }

    /// <summary>Changes the picture before it is looked at, so that what changes hides nothing from the look.</summary>
    public Action<VideoFrame, CancellationToken>? Before { get; init; }

    /// <summary>Chooses the part that is written, in pixels, while the picture is whole; it is cut out of what was made safe. Null is all.</summary>
    public Func<VideoFrame, CancellationToken, BoxF>? Part { get; init; }

    /// <summary>What a person marked.</summary>
    public PictureMarks Marks { get; init; } = PictureMarks.None;

    /// <summary>What reads faces where the policy goes by an age; without it everybody is hidden.</summary>
    public IFaceReaders? Readers { get; init; }

    /// <summary>Whatever it hides is hidden, marked to be kept or not. Its models have to be among those that look.</summary>
    public RedactionPolicy? Floor { get; init; }
}
