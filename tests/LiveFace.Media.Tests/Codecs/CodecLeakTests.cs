using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Tests.Frames;

namespace LiveFace.Media.Tests.Codecs;

/// <summary>Looks at the memory of the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(CodecLeakTests), DisableParallelization = true)]
[Collection(nameof(CodecLeakTests))]
public sealed class CodecLeakTests : FramePoolTestBase
{
    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.Vp9)]
    [InlineData(VideoCodec.H264)]
    public void Opening_and_closing_many_times_leaves_no_memory_behind(VideoCodec codec)
    {
        Session(20);
        var before = ResidentBytes();
        Session(150);
        // One session holds more than 1 MB, so a leak of each would show as 150 MB and more.
        (ResidentBytes() - before).ShouldBeLessThan(40 << 20);

        void Session(int times)
        {
            for (var i = 0; i < times; i++)
            {
                using var encoder = VideoCodecs.CreateEncoder(codec, LiveStreams.Settings);
                using var decoder = VideoCodecs.CreateDecoder(codec, _pool);
                using var picture = RandomPictures.Waves(_pool, 320, 240, 0);
                decoder.Decode(encoder.Encode(Openly.Redacted(picture), false).Payload, default, out var decoded);
                decoded!.Dispose();
            }
        }

        static long ResidentBytes()
        {
            GC.Collect();
            using var process = System.Diagnostics.Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }
}
