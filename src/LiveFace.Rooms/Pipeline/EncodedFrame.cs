using LiveFace.Media.Codecs;

namespace LiveFace.Rooms.Pipeline;

/// <summary>A copy of an encoded frame on its way to the decoder; its memory is used again.</summary>
internal sealed class EncodedFrame
{
    private byte[] _bytes = [];
    private int _length;

    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(0, _length);

    public VideoCodec Codec { get; private set; }

    public FrameTimes Times { get; private set; }

    /// <summary>How far the picture has to be turned clockwise, in degrees.</summary>
    public int Rotation { get; private set; }

    public bool IsKeyFrame { get; private set; }

    /// <summary>Which publisher it is from; counts up with each.</summary>
    public int Source { get; private set; }

    public void Set(
        ReadOnlySpan<byte> payload, VideoCodec codec, in FrameTimes times, int rotation, bool isKeyFrame, int source)
    {
        if (_bytes.Length < payload.Length)
            _bytes = new byte[Math.Max(payload.Length, 16 * 1024)];
        payload.CopyTo(_bytes);
        _length = payload.Length;
        (Codec, Times, Rotation, IsKeyFrame, Source) = (codec, times, rotation, isKeyFrame, source);
    }
}
