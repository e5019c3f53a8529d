namespace LiveFace.Media.Frames;

/// <summary>How far a picture is turned.</summary>
public enum QuarterTurns
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Once clockwise.</summary>
    Clockwise = 1,

    /// <summary>Upside down.</summary>
    Half = 2,

    /// <summary>Once counter-clockwise.</summary>
    CounterClockwise = 3,
}

/// <summary>What right angles do to shapes.</summary>
public static class QuarterTurnShapes
{
    /// <summary>Whether what is wide becomes high.</summary>
    public static bool IsQuarter(this QuarterTurns turns) => turns is QuarterTurns.Clockwise or QuarterTurns.CounterClockwise;
}

/// <summary>Turns frames by right angles.</summary>
public static unsafe class FrameRotation
{
    /// <summary>Turns for the degrees that files and RTP's video orientation carry, clockwise; others are refused.</summary>
    public static QuarterTurns FromDegrees(int clockwise) => (((clockwise % 360) + 360) % 360) switch
    {
        0 => QuarterTurns.None,
        90 => QuarterTurns.Clockwise,
        180 => QuarterTurns.Half,
        270 => QuarterTurns.CounterClockwise,
        _ => throw new ArgumentOutOfRangeException(nameof(clockwise), clockwise, "Only right angles can be turned."),
    };

    /// <summary>The size of a frame after turning.</summary>
    public static (int Width, int Height) SizeAfter(int width, int height, QuarterTurns turns) =>
        turns.IsQuarter() ? (height, width) : (width, height);

    /// <summary>Turns <paramref name="source"/> into <paramref name="destination"/>, which has the turned size.</summary>
    public static void Rotate(VideoFrame source, QuarterTurns turns, VideoFrame destination)
    {
        var (width, height) = SizeAfter(source.Width, source.Height, turns);
        if (destination.Width != width || destination.Height != height)
            throw new ArgumentException($"A turned picture takes {width}×{height}, not {destination.Width}×{destination.Height}.", nameof(destination));
        FrameCopy.ThrowIfSame(source, destination);
        destination.CaptureTime = source.CaptureTime;

        Turn(source.Y, source.StrideY, source.Width, source.Height, turns, destination.Y, destination.StrideY);
        Turn(source.U, source.StrideUV, source.ChromaWidth, source.ChromaHeight, turns, destination.U, destination.StrideUV);
        Turn(source.V, source.StrideUV, source.ChromaWidth, source.ChromaHeight, turns, destination.V, destination.StrideUV);
    }

    private static void Turn(byte* from, int fromStride, int width, int height, QuarterTurns turns, byte* to, int toStride)
    {
        var lastFrom = from + (nint)(height - 1) * fromStride;
        switch (turns)
        {
            case QuarterTurns.Clockwise:
                PlaneTranspose.Transpose(lastFrom, -fromStride, width, height, to, toStride);
                break;
            case QuarterTurns.CounterClockwise:
                PlaneTranspose.Transpose(from, fromStride, width, height, to + (nint)(width - 1) * toStride, -toStride);
                break;
            case QuarterTurns.Half:
                for (var row = 0; row < height; row++)
                {
                    var reversed = new Span<byte>(to + (nint)row * toStride, width);
                    new ReadOnlySpan<byte>(lastFrom - (nint)row * fromStride, width).CopyTo(reversed);
                    reversed.Reverse();
                }

                break;
            default:
                FrameCopy.CopyPlane(from, fromStride, to, toStride, width, height);
                break;
        }
    }
}
