namespace LiveFace.Media.Ffmpeg.Nut;

/// <summary>
/// Numbers of the NUT container, which carries raw pictures between FFmpeg and us with exact times: a frame is a few
/// bytes of header and its pixels.
/// </summary>
internal static class NutCodes
{
    public const ulong MainHeader = 0x4E4D7A561F5F04AD;
    public const ulong StreamHeader = 0x4E5311405BF2F9DB;
    public const ulong SyncPoint = 0x4E4BE4ADEECA4569;
    public const ulong Index = 0x4E58DD672F23E64E;
    public const ulong Info = 0x4E49AB68B596BA78;

    /// <summary>Every start code begins with it, and no frame does.</summary>
    public const byte StartCodeByte = (byte)'N';

    /// <summary>Packets longer than this have a checksum of their header too.</summary>
    public const int LongPacket = 4096;

    public const int Version = 3;

    public static ReadOnlySpan<byte> FileId => "nut/multimedia container\0"u8;
}

/// <summary>What the header of a NUT frame holds.</summary>
[Flags]
internal enum NutFlags
{
    None = 0,
    KeyFrame = 1,
    CodedTime = 8,
    StreamId = 16,
    SizeMsb = 32,
    Checksum = 64,
    Reserved = 128,
    SideData = 256,
    HeaderIndex = 1024,
    MatchTime = 2048,
    Coded = 4096,
    Invalid = 8192,
}

/// <summary>What a frame code stands for.</summary>
internal readonly record struct NutFrameCode(NutFlags Flags, int Stream, int SizeFactor, int SizeRest, int TimeDelta, int Reserved, int Header);
