namespace LiveFace.Media.Ffmpeg;

/// <summary>What a file or stream holds.</summary>
/// <param name="Container">FFmpeg's names of the format.</param>
/// <param name="Duration">How long it is; null for streams that do not say.</param>
/// <param name="Video">The picture, or null when there is none.</param>
/// <param name="Audio">The sound, or null when there is none.</param>
public sealed record MediaInfo(string Container, TimeSpan? Duration, VideoTrackInfo? Video, AudioTrackInfo? Audio);

/// <summary>A track of pictures.</summary>
/// <param name="Codec">FFmpeg's name of the codec.</param>
/// <param name="Width">Width as it is shown, after turning.</param>
/// <param name="Height">Height as it is shown, after turning.</param>
/// <param name="ClockwiseDegrees">How far stored pictures are turned to be shown: 0, 90, 180 or 270.</param>
/// <param name="FramesPerSecond">The average, or 0 when unknown.</param>
/// <param name="Frames">How many there are, when the container says.</param>
/// <param name="ColourMatrix">FFmpeg's name of the matrix between RGB and YUV, when the stream says.</param>
public sealed record VideoTrackInfo(
    string Codec, int Width, int Height, int ClockwiseDegrees, double FramesPerSecond, long? Frames, string? ColourMatrix)
{
    private static readonly string[] HdrTransfers = ["smpte2084", "arib-std-b67"];

    /// <summary>Width over height of a pixel as it is shown, after turning; 1:1 where the stream does not say.</summary>
    internal PixelShape PixelShape { get; init; } = new(1, 1);

    /// <summary>FFmpeg's name of the primaries, when the stream says.</summary>
    public string? ColourPrimaries { get; init; }

    /// <summary>FFmpeg's name of the transfer curve, when the stream says.</summary>
    public string? ColourTransfer { get; init; }

    /// <summary>Whether black is 0 and white 255, and not 16 and 235.</summary>
    public bool IsFullRange { get; init; }

    /// <summary>Whether each picture is two fields of different moments.</summary>
    public bool IsInterlaced { get; init; }

    /// <summary>Bits per second, as far as the stream or its container says.</summary>
    public long? BitsPerSecond { get; init; }

    /// <summary>Whether its light goes beyond what a screen of eight bits shows (PQ or HLG), and has to be brought down.</summary>
    public bool IsHdr => HdrTransfers.Contains(ColourTransfer, StringComparer.Ordinal);
}

/// <summary>Width over height of a pixel.</summary>
internal readonly record struct PixelShape(int Width, int Height)
{
    /// <summary>Whether pixels are as wide as high.</summary>
    public bool IsSquare => Width == Height;
}

/// <summary>A track of sound.</summary>
/// <param name="Codec">FFmpeg's name of the codec.</param>
/// <param name="SamplesPerSecond">Sample rate.</param>
/// <param name="Channels">How many channels.</param>
public sealed record AudioTrackInfo(string Codec, int SamplesPerSecond, int Channels);
