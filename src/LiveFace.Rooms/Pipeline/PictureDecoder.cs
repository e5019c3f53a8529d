using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// From encoded frames to upright pictures. Detectors know upright faces only, so a picture is turned before anything
/// looks at it and goes out upright.
/// </summary>
internal sealed class PictureDecoder(IVideoCodecs codecs, FramePool pool, PipelineOptions options, PipelineMeter meter)
    : IDisposable
{
    private IVideoDecoder? _decoder;
    private VideoCodec _codec;
    private int _source = -1;

    /// <summary>Decodes one frame; null when nothing is to be shown. Says whether a keyframe is needed to go on, and whether the decoder is gone.</summary>
    public VideoFrame? Decode(EncodedFrame encoded, out bool needsKeyFrame, out bool isLost)
    {
        needsKeyFrame = isLost = false;
        if (_decoder is null || encoded.Codec != _codec || encoded.Source != _source)
            Open(encoded);
        var verdict = _decoder!.Decode(encoded.Payload, encoded.Times.Capture ?? default, out var picture);
        if (verdict != DecodeVerdict.Picture || picture is null)
        {
            isLost = verdict == DecodeVerdict.Lost;
            needsKeyFrame = isLost || verdict == DecodeVerdict.NeedKeyFrame;
            if (needsKeyFrame)
                meter.Dropped(isLost ? PipelineDrop.DecoderLost : PipelineDrop.NotDecodable);
            return null;
        }

        if ((long)picture.Width * picture.Height > options.MaximumPixels)
        {
            meter.Dropped(PipelineDrop.TooLarge);
            picture.Dispose();
            return null;
        }

        return encoded.Rotation == 0 ? picture : Turn(picture, encoded.Rotation);
    }

    public void Dispose() => _decoder?.Dispose();

    private void Open(EncodedFrame encoded)
    {
        _decoder?.Dispose();
        _decoder = codecs.OpenDecoder(encoded.Codec, pool, options.MaximumPixels);
        _codec = encoded.Codec;
        _source = encoded.Source;
    }

    private VideoFrame Turn(VideoFrame picture, int clockwise)
    {
        using (picture)
        {
            var turns = FrameRotation.FromDegrees(clockwise);
            var (width, height) = FrameRotation.SizeAfter(picture.Width, picture.Height, turns);
            var upright = pool.Rent(width, height);
            upright.CaptureTime = picture.CaptureTime;
            FrameRotation.Rotate(picture, turns, upright);
            return upright;
        }
    }
}
