using LiveFace.Media.Frames;

namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>
/// H.264 from constrained baseline to high by OpenH264, fed whole access units as byte stream (Annex B). Concealment is
/// off. After an error the decoder is thrown away, and the next keyframe opens a clean one. Outside the baseline
/// profile the library holds each picture back until the next has shown that none comes before it; as long as a stream
/// has no bidirectional slices there is nothing to wait for, and the picture is taken out at once.
/// </summary>
internal sealed unsafe class H264Decoder(FramePool pool, DecoderSettings settings) : IVideoDecoder
{
    private H264DecoderHandle? _decoder;
    private bool _reorders;
    private bool _disposed;

    public DecodeVerdict Decode(ReadOnlySpan<byte> encoded, TimeSpan captureTime, out VideoFrame? picture)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        picture = null;
        if (encoded.IsEmpty)
            return DecodeVerdict.NothingToShow;

        var units = H264Header.Read(encoded);
        var header = units.Header;
        if (!header.IsValid || (header.HasSize && !settings.Accepts(header.Width, header.Height)))
            return Close();
        // Parameter sets may come in an access unit of their own, ahead of the keyframe.
        if (_decoder is null && (header.IsKeyFrame || header.HasSize))
            _decoder = H264DecoderHandle.Open();
        if (_decoder is null)
            return DecodeVerdict.NeedKeyFrame;

        _reorders |= units.HasBidirectional;
        var info = new H264BufferInfo { InputTime = (ulong)captureTime.Ticks };
        if (!_decoder.Decode(encoded, ref info) || (info.IsReady != 1 && !_reorders && !_decoder.Flush(ref info)))
            return Close();
        if (info.IsReady != 1)
            return DecodeVerdict.NothingToShow;
        if (!settings.Accepts(info.Width, info.Height) || info.Y is null)
            return Close();
        picture = Copy(info);
        return DecodeVerdict.Picture;
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Close();
    }

    private VideoFrame Copy(H264BufferInfo info)
    {
        var picture = pool.Rent(info.Width, info.Height);
        picture.CaptureTime = TimeSpan.FromTicks((long)info.OutputTime);
        FrameCopy.CopyPlane(info.Y, info.StrideY, picture.Y, picture.StrideY, picture.Width, picture.Height);
        FrameCopy.CopyPlane(info.U, info.StrideUV, picture.U, picture.StrideUV, picture.ChromaWidth, picture.ChromaHeight);
        FrameCopy.CopyPlane(info.V, info.StrideUV, picture.V, picture.StrideUV, picture.ChromaWidth, picture.ChromaHeight);
        return picture;
    }

    private DecodeVerdict Close()
    {
        _decoder?.Dispose();
        _decoder = null;
        _reorders = false;
        return DecodeVerdict.NeedKeyFrame;
    }
}
