using System.Numerics;

namespace LiveFace.Media.Codecs.Vpx;

/// <summary>The settings that make libvpx a live encoder, with their reasons.</summary>
internal static unsafe class VpxLiveSettings
{
    /// <summary>Ticks a second; that of RTP video, so that any frame rate is nearly whole.</summary>
    public const int Timebase = 90_000;

    /// <summary>What both codecs' headers can say (VP8: 14 bits).</summary>
    public const int MaximumSide = 16383;

    private const int OnePass = 0;
    private const int ConstantRate = 1;
    private const int OnDemand = 0;
    private const int DropThreshold = 30;

    public static void Fill(
        VpxEncoderConfiguration* c, VideoCodec codec, EncoderSettings settings, int width, int height, int bitsPerSecond)
    {
        c->Width = (uint)width;
        c->Height = (uint)height;
        c->Threads = (uint)settings.ThreadsFor(width, height);
        c->Profile = 0;
        c->TimebaseNumerator = 1;
        c->TimebaseDenominator = Timebase;
        c->ErrorResilient = settings.ErrorResilient ? 1u : 0u;
        c->Pass = OnePass;
        c->LagInFrames = 0;
        c->ResizeAllowed = 0;
        c->RateControl = ConstantRate;
        c->DropFrameThreshold = settings.MayDropFrames ? (uint)DropThreshold : 0;
        c->MinimumQuantizer = 2;
        // Without leaving frames out, a coarser picture is the only way to keep the rate, and with it the delay.
        c->MaximumQuantizer = settings.MayDropFrames ? 56u : 63u;
        c->UndershootPercent = codec == VideoCodec.Vp8 ? 100u : 50u;
        c->OvershootPercent = codec == VideoCodec.Vp8 ? 15u : 50u;
        c->BufferInitialMilliseconds = 500;
        c->BufferOptimalMilliseconds = 600;
        c->BufferMilliseconds = 1000;
        // Viewers ask for keyframes; any other would only cost rate.
        c->KeyFrameMode = OnDemand;
        SetRate(c, bitsPerSecond);
    }

    public static void SetRate(VpxEncoderConfiguration* c, int bitsPerSecond) =>
        c->TargetKilobits = (uint)Math.Max(1, (bitsPerSecond + 500) / 1000);

    public static void Control(VpxContext context, VideoCodec codec, EncoderSettings settings, int threads, int width)
    {
        Set(context, VpxControl.AutoAltReference, 0);
        Set(context, VpxControl.StaticThreshold, 1);
        Set(context, VpxControl.MaximumIntraBitratePercent, settings.MaximumKeyFramePercent);
        if (codec == VideoCodec.Vp8)
        {
            Set(context, VpxControl.Vp8NoiseSensitivity, 0);
            Set(context, VpxControl.Vp8ScreenContent, 0);
            // One partition for each thread, so that receivers with as many threads decode in parallel.
            Set(context, VpxControl.TokenPartitions, Math.Min(3, BitOperations.Log2((uint)threads)));
            return;
        }

        Set(context, VpxControl.Vp9RowThreads, threads > 1 ? 1 : 0);
        // Tiles are at least 256 wide.
        Set(context, VpxControl.Vp9TileColumns, Math.Min(BitOperations.Log2((uint)threads), BitOperations.Log2((uint)Math.Max(1, width / 256))));
        Set(context, VpxControl.Vp9FrameParallelDecoding, settings.ErrorResilient ? 1 : 0);
        // Cyclic refresh: picks blocks to improve in turn, so no frame is much larger than another.
        Set(context, VpxControl.Vp9AdaptiveQuantization, 3);
        Set(context, VpxControl.Vp9NoiseSensitivity, 0);
        Set(context, VpxControl.Vp9TuneContent, 0);
    }

    /// <summary>
    /// Where the speed starts before anything was measured. In VP8 the steps up to the fourth save time on a grainy picture
    /// and cost next to no quality; where there is time to spare, it is spent on slower ones later.
    /// </summary>
    public static int StartStep(VideoCodec codec, int width, int height) => ((long)width * height) switch
    {
        >= 1280 * 720 => 4,
        >= 640 * 480 => codec == VideoCodec.Vp8 ? 4 : 2,
        _ => 1,
    };

    /// <summary>
    /// cpu-used of a step. For VP8 a negative number is a speed that stays, where a positive one would let libvpx measure
    /// for itself against the whole frame interval. Real time in VP9 begins at 5.
    /// </summary>
    public static int CpuUsed(VideoCodec codec, int step) => codec == VideoCodec.Vp8
        ? -(4 + step)
        : Math.Min(5 + step, 9);

    // A version that does not know a control goes on without it.
    private static void Set(VpxContext context, int control, int value) =>
        _ = VpxLibrary.Control(context.Pointer, control, value);
}
