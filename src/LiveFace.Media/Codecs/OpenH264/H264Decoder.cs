using LiveFace.Media.Frames;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>
/// H.264 from constrained baseline to high by OpenH264, fed whole access units as byte stream (Annex B). Concealment is
/// off. After an error the decoder is thrown away, and the next keyframe opens a clean one.
/// </summary>
internal sealed unsafe class H264Decoder(FramePool pool, DecoderSettings settings) : IVideoDecoder
{
    private H264DecoderHandle? _decoder;
    private bool _disposed;

    public DecodeVerdict Decode(ReadOnlySpan<byte> encoded, TimeSpan captureTime, out VideoFrame? picture)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        picture = null;
        if (encoded.IsEmpty)
            return DecodeVerdict.NothingToShow;

        var header = H264Header.Read(encoded);
        if (!header.IsValid || (header.HasSize && !settings.Accepts(header.Width, header.Height)))
            return Close();
        // Parameter sets may come in an access unit of their own, ahead of the keyframe.
        if (_decoder is null && (header.IsKeyFrame || header.HasSize))
            _decoder = H264DecoderHandle.Open();
        if (_decoder is null)
            return DecodeVerdict.NeedKeyFrame;

        var planes = stackalloc byte*[3];
        H264BufferInfo info = default;
        int state;
        fixed (byte* data = encoded)
            state = _decoder.Functions->DecodeFrameNoDelay(_decoder.Pointer, data, encoded.Length, planes, &info);
        if (state != 0)
            return Close();
        if (info.IsReady != 1)
            return DecodeVerdict.NothingToShow;
        if (!settings.Accepts(info.Width, info.Height) || info.Y is null)
            return Close();
        picture = Copy(info, captureTime);
        return DecodeVerdict.Picture;
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Close();
    }

    private VideoFrame Copy(H264BufferInfo info, TimeSpan captureTime)
    {
        var picture = pool.Rent(info.Width, info.Height);
        picture.CaptureTime = captureTime;
        FrameCopy.CopyPlane(info.Y, info.StrideY, picture.Y, picture.StrideY, picture.Width, picture.Height);
        FrameCopy.CopyPlane(info.U, info.StrideUV, picture.U, picture.StrideUV, picture.ChromaWidth, picture.ChromaHeight);
        FrameCopy.CopyPlane(info.V, info.StrideUV, picture.V, picture.StrideUV, picture.ChromaWidth, picture.ChromaHeight);
        return picture;
    }

    private DecodeVerdict Close()
    {
        _decoder?.Dispose();
        _decoder = null;
        return DecodeVerdict.NeedKeyFrame;
    }
}
