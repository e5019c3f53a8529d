namespace LiveFace.WebRtc.Sdp;

/// <summary>One m= line with what stands below it (RFC 8866 5.14).</summary>
internal sealed class SdpMedia(string kind, int port, string protocol, string[] formats) : SdpSection
{
    public string Kind { get; } = kind;

    public int Port { get; } = port;

    public string Protocol { get; } = protocol;

    public IReadOnlyList<string> Formats { get; } = formats;
}
