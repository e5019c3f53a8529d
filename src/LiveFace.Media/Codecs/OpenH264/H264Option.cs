namespace LiveFace.Media.Codecs.OpenH264;

/// <summary>Option numbers of codec_app_def.h.</summary>
internal static class H264Option
{
    public const int EncoderFrameRate = 4;
    public const int EncoderBitrate = 5;
    public const int EncoderComplexity = 19;
    public const int EncoderTraceLevel = 25;
    public const int DecoderTraceLevel = 9;
    public const int DecoderEndOfStream = 1;
}
