using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.OpenH264;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Codecs.Vpx;
using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Codecs;

public sealed class StreamHeaderTests : IDisposable
{
    private readonly FramePool _pool = new();

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(16, 16)]
    [InlineData(640, 480)]
    [InlineData(322, 182)]
    [InlineData(1280, 720)]
    public void Sizes_and_keyframes_are_read_from_real_streams(int width, int height)
    {
        foreach (var codec in Enum.GetValues<VideoCodec>())
        {
            var frames = LiveStreams.Encode(codec, _pool, width, height, 3);
            var key = Read(codec, frames[0].Data);
            key.IsValid.ShouldBeTrue();
            key.IsKeyFrame.ShouldBeTrue();
            // H.264 says the size in macroblocks, before it is cropped.
            var coded = codec == VideoCodec.H264 ? ((width + 15) / 16 * 16, (height + 15) / 16 * 16) : (width, height);
            (key.Width, key.Height).ShouldBe(coded);
            var delta = Read(codec, frames[2].Data);
            delta.IsValid.ShouldBeTrue();
            delta.IsKeyFrame.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_VP8_keyframe_without_its_start_code_is_no_frame()
    {
        Vp8Header.Read([0x10, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xE0, 0x01]).ShouldBe(new StreamHeader(true, true, 640, 480));
        // The two highest bits of each side are a scale.
        Vp8Header.Read([0x10, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x42, 0xE0, 0xC1]).ShouldBe(new StreamHeader(true, true, 640, 480));
        Vp8Header.Read([0x10, 0, 0, 0x9D, 0x01, 0x2B, 0x80, 0x02, 0xE0, 0x01]).IsValid.ShouldBeFalse();
        Vp8Header.Read([0x10, 0, 0, 0x9D, 0x01, 0x2A, 0x00, 0x00, 0xE0, 0x01]).IsValid.ShouldBeFalse();
        Vp8Header.Read([0x10, 0]).IsValid.ShouldBeFalse();
    }

    [Fact]
    public void The_largest_frame_inside_a_VP9_superframe_counts()
    {
        var small = LiveStreams.Encode(VideoCodec.Vp9, _pool, 64, 48, 1)[0].Data;
        var large = LiveStreams.Encode(VideoCodec.Vp9, _pool, 320, 240, 1)[0].Data;
        var superframe = Superframe(small, large);
        Vp9Header.ReadAll(superframe).ShouldBe(new StreamHeader(true, true, 320, 240));

        using var decoder = VideoCodecs.CreateDecoder(VideoCodec.Vp9, _pool, new DecoderSettings { MaximumPixels = 100 * 100 });
        decoder.Decode(superframe, default, out _).ShouldBe(DecodeVerdict.NeedKeyFrame);
    }

    [Fact]
    public void A_VP9_superframe_that_lies_about_its_frames_is_no_frame()
    {
        var frame = LiveStreams.Encode(VideoCodec.Vp9, _pool, 64, 48, 1)[0].Data;
        var lying = Superframe(frame, frame);
        lying[^3] = 0xFF;
        lying[^2] = 0xFF;
        Vp9Header.ReadAll(lying).IsValid.ShouldBeFalse();
    }

    [Theory]
    [InlineData("6742C01ED900A03DB011000003000100000300320F162E48", 640, 480)]
    [InlineData("674D401EECA05017D808800000030080000019078B16CB", 640, 368)]
    [InlineData("67640028ACD940780227E5C044000003000400000300C83C60C658", 1920, 1088)]
    public void Sizes_of_parameter_sets_made_by_x264_are_read(string hex, int width, int height)
    {
        H264Header.TryReadSize(Convert.FromHexString(hex), out var readWidth, out var readHeight).ShouldBeTrue();
        (readWidth, readHeight).ShouldBe((width, height));
    }

    [Fact]
    public void A_parameter_set_that_ends_early_or_says_nonsense_is_refused()
    {
        H264Header.TryReadSize([0x67], out _, out _).ShouldBeFalse();
        H264Header.TryReadSize([0x67, 0x42, 0xC0, 0x1E], out _, out _).ShouldBeFalse();
        // Chroma format 4:4:4 in a high profile.
        H264Header.TryReadSize([0x67, 0xF4, 0x00, 0x1E, 0x92, 0x54, 0x05, 0x01, 0xED, 0x08, 0, 0, 0], out _, out _).ShouldBeFalse();
        H264Header.Read([1, 2, 3, 4]).Header.IsValid.ShouldBeFalse();
    }

    private static StreamHeader Read(VideoCodec codec, byte[] data) => codec switch
    {
        VideoCodec.Vp8 => Vp8Header.Read(data),
        VideoCodec.Vp9 => Vp9Header.ReadAll(data),
        _ => H264Header.Read(data).Header,
    };

    /// <summary>Two frames with the index of VP9's Annex B: two bytes for each size.</summary>
    private static byte[] Superframe(byte[] first, byte[] second)
    {
        const byte marker = 0xC0 | 1 << 3 | 1;
        return
        [
            .. first, .. second, marker,
            (byte)first.Length, (byte)(first.Length >> 8), (byte)second.Length, (byte)(second.Length >> 8), marker,
        ];
    }
}
