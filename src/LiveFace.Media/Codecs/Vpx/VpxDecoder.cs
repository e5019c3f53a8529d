using LiveFace.Media.Frames;

namespace LiveFace.Media.Codecs.Vpx;

/// <summary>
/// VP8 and VP9 by libvpx. The library's picture is also its reference for the next frames, so it is copied out before
/// anybody edits it. After an error the decoder is thrown away, and the next keyframe opens a clean one.
/// </summary>
internal sealed unsafe class VpxDecoder : IVideoDecoder
{
    private readonly VideoCodec _codec;
    private readonly FramePool _pool;
    private readonly DecoderSettings _settings;
    private readonly nint _interface;
    private VpxContext? _context;
    private byte[] _indexed = [];
    private bool _disposed;

    public VpxDecoder(VideoCodec codec, FramePool pool, DecoderSettings settings)
    {
        _codec = codec;
        _pool = pool;
        _settings = settings;
        _interface = codec == VideoCodec.Vp8 ? VpxLibrary.Vp8Decoder() : VpxLibrary.Vp9Decoder();
    }

    public DecodeVerdict Decode(ReadOnlySpan<byte> encoded, TimeSpan captureTime, out VideoFrame? picture)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        picture = null;
        if (encoded.IsEmpty)
            return DecodeVerdict.NothingToShow;

        var header = _codec == VideoCodec.Vp8 ? Vp8Header.Read(encoded) : Vp9Header.ReadAll(encoded);
        if (!header.IsValid || (header.HasSize && !_settings.Accepts(header.Width, header.Height)))
            return Close();
        if (_context is null && !(header.IsKeyFrame && Open()))
            return DecodeVerdict.NeedKeyFrame;

        var announced = _codec == VideoCodec.Vp9 && !Vp9Header.HasIndex(encoded) ? WithIndex(encoded) : encoded;
        fixed (byte* data = announced)
        {
            if (VpxLibrary.Decode(_context!.Pointer, data, (uint)announced.Length, null, 0) != VpxLibrary.Ok)
                return Close();
        }

        return Take(captureTime, out picture);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Close();
    }

    private DecodeVerdict Take(TimeSpan captureTime, out VideoFrame? picture)
    {
        picture = null;
        var corrupted = 0;
        if (VpxLibrary.Control(_context!.Pointer, VpxControl.FrameCorrupted, (nint)(&corrupted)) == VpxLibrary.Ok && corrupted != 0)
            return Close();

        // Of several pictures in one frame (spatial layers) the last is the one to show.
        void* iterator = null;
        VpxImage* image = null;
        while (VpxLibrary.NextFrame(_context.Pointer, &iterator) is var next && next is not null)
            image = next;
        if (image is null)
            return DecodeVerdict.NothingToShow;
        if (image->Format != VpxImage.FormatI420 || !_settings.Accepts((int)image->Width, (int)image->Height))
            return Close();

        picture = _pool.Rent((int)image->Width, (int)image->Height);
        picture.CaptureTime = captureTime;
        FrameCopy.CopyPlane(image->Y, image->StrideY, picture.Y, picture.StrideY, picture.Width, picture.Height);
        FrameCopy.CopyPlane(image->U, image->StrideU, picture.U, picture.StrideUV, picture.ChromaWidth, picture.ChromaHeight);
        FrameCopy.CopyPlane(image->V, image->StrideV, picture.V, picture.StrideUV, picture.ChromaWidth, picture.ChromaHeight);
        return DecodeVerdict.Picture;
    }

    private ReadOnlySpan<byte> WithIndex(ReadOnlySpan<byte> frame)
    {
        var bytes = frame.Length + Vp9Header.IndexOfOneBytes;
        if (_indexed.Length < bytes)
            _indexed = GC.AllocateUninitializedArray<byte>(bytes * 2);
        frame.CopyTo(_indexed);
        Vp9Header.AddIndexOfOne(_indexed.AsSpan(frame.Length), frame.Length);
        return _indexed.AsSpan(0, bytes);
    }

    private bool Open()
    {
        var context = new VpxContext();
        var configuration = new VpxDecoderConfiguration { Threads = (uint)_settings.Threads };
        var result = VpxLibrary.InitDecoder(context, _interface, &configuration);
        if (result != VpxLibrary.Ok)
        {
            context.Dispose();
            return false;
        }

        context.IsOpen = true;
        if (_codec == VideoCodec.Vp9 && _settings.Threads > 1)
            _ = VpxLibrary.Control(context.Pointer, VpxControl.Vp9DecoderRowThreads, 1);
        _context = context;
        return true;
    }

    private DecodeVerdict Close()
    {
        _context?.Dispose();
        _context = null;
        return DecodeVerdict.NeedKeyFrame;
    }
}
