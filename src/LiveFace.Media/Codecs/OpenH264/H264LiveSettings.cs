namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>The settings that make OpenH264 a live encoder, with their reasons.</summary>
internal static unsafe class H264LiveSettings
{
    private const int CameraRealTime = 0;
    private const int MaximumFrameRate = 60;
    private const int RowsWorthASlice = 64;
    private const int ConstantParameterSetIds = 0;

    /// <summary>The finest quantizer that the library uses for camera pictures.</summary>
    public const int FinestQuantizer = 12;

    public static void Fill(
        H264EncoderParameters* p, EncoderSettings settings, int width, int height, int bitsPerSecond, double framesPerSecond, int step, int minimumQuantizer)
    {
        var threads = ThreadsFor(settings, width, height);
        p->Usage = CameraRealTime;
        p->Width = p->LayerWidth = width;
        p->Height = p->LayerHeight = height;
        p->TargetBitsPerSecond = p->LayerBitsPerSecond = bitsPerSecond;
        p->MaximumBitsPerSecond = p->LayerMaximumBitsPerSecond = 0;
        p->RateControl = H264EncoderParameters.RateControlBitrate;
        p->MaximumFrameRate = p->LayerFrameRate = FrameRate(framesPerSecond);
        p->TemporalLayers = 1;
        p->SpatialLayers = 1;
        // The library marks its baseline streams as constrained.
        p->LayerProfile = H264EncoderParameters.ProfileBaseline;
        p->EntropyCoding = 0;
        p->SliceMode = H264EncoderParameters.SlicesByCount;
        p->SliceCount = (uint)threads;
        p->Threads = (ushort)threads;
        p->BalanceLoad = 0;
        p->Complexity = Complexity(step);
        // Viewers ask for keyframes; any other, also one for a change of scene, would only cost rate.
        p->IntraPeriod = 0;
        p->DetectSceneChange = 0;
        p->KeyFramePercent = settings.MaximumKeyFramePercent;
        p->ReferenceFrames = 1;
        p->LongTermReferences = 0;
        // The same sets in each keyframe, so that a receiver that missed one understands the next.
        p->ParameterSetStrategy = ConstantParameterSetIds;
        p->AddPrefixNal = 0;
        p->Padding = 0;
        p->SkipFrames = settings.MayDropFrames ? (byte)1 : (byte)0;
        p->MinimumQuantizer = minimumQuantizer;
        p->MaximumQuantizer = 51;
        p->Denoise = 0;
        p->DetectBackground = 1;
        p->AdaptiveQuantization = 0;
    }

    /// <summary>Each thread has a slice of its own, and a slice of few rows costs more than it gains.</summary>
    private static int ThreadsFor(EncoderSettings settings, int width, int height) =>
        Math.Clamp(height / RowsWorthASlice, 1, settings.ThreadsFor(width, height));

    /// <summary>OpenH264 plans for 1 to 60 frames a second.</summary>
    public static float FrameRate(double framesPerSecond) => (float)Math.Clamp(framesPerSecond, 1, MaximumFrameRate);

    /// <summary>Where the speed starts before anything was measured.</summary>
    public static int StartStep(int width, int height) => (long)width * height >= 640 * 480 ? 4 : 0;

    /// <summary>The library has three complexities: 2 is the best quality, 0 the fastest.</summary>
    public static int Complexity(int step) => step switch
    {
        <= 1 => 2,
        <= 3 => 1,
        _ => 0,
    };
}
