using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.WebRtc;

namespace LiveFace.Rooms.Pipeline;

/// <summary>
/// Encoded frames come in on the packet thread and leave as the newest picture on the room's. Every frame is decoded, because
/// the next stands on it; of pictures that wait at once, only the newest goes on.
/// </summary>
internal sealed class DecodeStage(IVideoCodecs codecs, FramePool pool, PipelineOptions options, PipelineMeter meter) : IDisposable
{
    private readonly EncodedInlet _inlet = new();
    private readonly PictureDecoder _decoder = new(codecs, pool, options, meter);

    /// <summary>Takes a frame in; the payload is copied. False when there is no use for it before the next keyframe.</summary>
    public bool TryAdd(in ReceivedVideoFrame frame, VideoCodec codec, in FrameTimes times, int source)
    {
        if (_inlet.Rent(frame.IsKeyFrame, out var reason) is not { } encoded)
        {
            meter.Dropped(reason);
            return false;
        }

        encoded.Set(frame.Payload, codec, times, (int)frame.Rotation * 90, frame.IsKeyFrame, source);
        _inlet.Add(encoded);
        return true;
    }

    /// <summary>Decodes all that waits; null when no picture came of it.</summary>
    public VideoFrame? TakeNewest(out DecodedPicture newest)
    {
        newest = default;
        VideoFrame? picture = null;
        while (_inlet.TryTake(out var encoded))
        {
            try
            {
                var began = Stopwatch.GetTimestamp();
                var decoded = _decoder.Decode(encoded, out var broken, out var lost);
                newest = newest with { NeedsKeyFrame = broken || (newest.NeedsKeyFrame && decoded is null), IsLost = newest.IsLost || lost };
                if (lost || decoded is not null)
                    newest = newest with { Times = encoded.Times, Rotation = encoded.Rotation, Source = encoded.Source };
                if (decoded is null)
                    continue;
                meter.Decode.Add(began, Stopwatch.GetTimestamp());
                if (picture is not null)
                {
                    picture.Dispose();
                    meter.Dropped(PipelineDrop.Superseded);
                }

                picture = decoded;
            }
            finally
            {
                _inlet.Return(encoded);
            }
        }

        return picture;
    }

    public void Dispose()
    {
        while (_inlet.TryTake(out var encoded))
            _inlet.Return(encoded);
        _decoder.Dispose();
    }
}
