using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Codecs;

/// <summary>Streams of other tools decoded here, and ours by other tools.</summary>
public sealed class OtherDecoderTests : CodecQualityTestBase
{
    [Theory]
    [InlineData(VideoCodec.Vp8, "libvpx", "ivf")]
    [InlineData(VideoCodec.Vp9, "libvpx-vp9", "ivf")]
    [InlineData(VideoCodec.H264, "libx264", "h264")]
    public async Task What_the_ffmpeg_tool_encodes_is_decoded_as_it_decodes_itself(VideoCodec codec, string encoder, string format)
    {
        _frames.AddRange(await OtherTools.WanderAsync(_pool, Width, Height, 30, Cancellation));
        // For H.264 the high profile without reordering, with an access unit delimiter before each picture.
        string[] options = codec == VideoCodec.H264
            ? ["-profile:v", "high", "-bf", "0", "-aud", "1", "-x264-params", "8x8dct=1:cabac=1:ref=3"]
            : ["-deadline", "realtime", "-cpu-used", "5", "-lag-in-frames", "0"];
        var stream = await OtherTools.RunAsync(
            "ffmpeg",
            ["-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", $"{Width}x{Height}", "-r", "30", "-i", "-", "-c:v", encoder, "-b:v", "700k", .. options, "-f", format, "-"],
            OtherTools.ToBytes(_frames), Cancellation);
        var pictures = await OtherTools.RunAsync(
            "ffmpeg", ["-v", "error", "-f", format, "-i", "-", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"], stream, Cancellation);

        using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        var decoded = new List<VideoFrame>();
        foreach (var frame in codec == VideoCodec.H264 ? OtherTools.SplitAtDelimiters(stream) : IvfFile.Read(stream))
        {
            decoder.Decode(frame, default, out var picture).ShouldBe(DecodeVerdict.Picture);
            decoded.Add(picture!);
        }

        var same = OtherTools.ToBytes(decoded).AsSpan().SequenceEqual(pictures);
        decoded.ForEach(f => f.Dispose());
        decoded.Count.ShouldBe(30);
        same.ShouldBeTrue("two decoders of one standard make the same bytes");
    }

    [Fact]
    public async Task Pictures_of_a_stream_with_bidirectional_slices_come_in_the_order_they_are_shown()
    {
        _frames.AddRange(await OtherTools.WanderAsync(_pool, Width, Height, 60, Cancellation));
        var stream = await OtherTools.RunAsync(
            "ffmpeg",
            ["-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", $"{Width}x{Height}", "-r", "30", "-i", "-", "-c:v", "libx264", "-b:v", "1M", "-bf", "2", "-b_strategy", "0", "-aud", "1", "-f", "h264", "-"],
            OtherTools.ToBytes(_frames), Cancellation);

        using var decoder = VideoCodecs.CreateDecoder(VideoCodec.H264, _pool);
        var shown = new List<int>();
        foreach (var unit in OtherTools.SplitAtDelimiters(stream))
        {
            decoder.Decode(unit, default, out var picture).ShouldNotBe(DecodeVerdict.NeedKeyFrame);
            if (picture is null)
                continue;
            using (picture)
                shown.Add(Enumerable.Range(0, _frames.Count).MaxBy(i => LiveStreams.LumaPsnr(_frames[i], picture)));
        }

        // The first few tell the decoder that there is an order to keep.
        var settled = shown.Skip(4).ToList();
        settled.Count.ShouldBeGreaterThan(50);
        settled.ShouldBe(settled.Order());
    }

    [Theory]
    [InlineData(VideoCodec.Vp8, "VP80")]
    [InlineData(VideoCodec.Vp9, "VP90")]
    [InlineData(VideoCodec.H264, "")]
    public async Task The_ffmpeg_tool_decodes_our_streams_to_the_same_pictures(VideoCodec codec, string fourCc)
    {
        _frames.AddRange(await OtherTools.WanderAsync(_pool, Width, Height, 30, Cancellation));
        var ours = Encode(codec, 600_000);
        var (stream, format) = codec == VideoCodec.H264
            ? (ours.SelectMany(f => f).ToArray(), "h264")
            : (IvfFile.Write(fourCc, Width, Height, ours), "ivf");
        var theirs = await OtherTools.RunAsync(
            "ffmpeg", ["-v", "error", "-f", format, "-i", "-", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"], stream, Cancellation);

        using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
        var decoded = ours.Select(f => Decode(decoder, f)).ToList();
        var same = OtherTools.ToBytes(decoded).AsSpan().SequenceEqual(theirs);
        decoded.ForEach(f => f.Dispose());
        same.ShouldBeTrue("two decoders of one standard make the same bytes");
    }
}
