namespace LiveFace.WebRtc.Sdp;

/// <summary>One a= line: a name and, after a colon, a value.</summary>
internal readonly record struct SdpAttribute(string Name, string Value);
