namespace LiveFace.WebRtc.Rtcp;

/// <summary>RTCP packet types and the formats of feedback packets.</summary>
internal static class RtcpType
{
    public const byte SenderReport = 200;
    public const byte ReceiverReport = 201;
    public const byte SourceDescription = 202;
    public const byte Goodbye = 203;
    public const byte TransportFeedback = 205;
    public const byte PayloadFeedback = 206;
    public const byte ExtendedReport = 207;

    /// <summary>Formats of type 205 (RFC 4585, section 6.2; the transport-wide draft).</summary>
    public const byte FormatNack = 1;
    public const byte FormatTransportWide = 15;

    /// <summary>Formats of type 206 (RFC 4585, section 6.3; RFC 5104, section 4.3; the REMB draft).</summary>
    public const byte FormatPli = 1;
    public const byte FormatFir = 4;
    public const byte FormatApplication = 15;
}
