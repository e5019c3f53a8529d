using LiveFace.Media.Codecs.OpenH264;
using LiveFace.Media.Codecs.Vpx;

namespace LiveFace.Media.Codecs.Registry;

/// <summary>The size of an encoded picture, as its first bytes say it.</summary>
public static class KeyFrameSize
{
    /// <summary>False where it says none, as pictures that stand on others do.</summary>
    public static bool TryRead(VideoCodec codec, ReadOnlySpan<byte> frame, out int width, out int height)
    {
        var header = codec switch
        {
            VideoCodec.Vp8 => Vp8Header.Read(frame),
            VideoCodec.Vp9 => Vp9Header.ReadAll(frame),
            _ => H264Header.Read(frame).Header,
        };
        (width, height) = (header.Width, header.Height);
        return header is { IsValid: true, Width: > 0, Height: > 0 };
    }
}
