namespace LiveFace.WebRtc.Peers;

/// <summary>What a session decided since it was last asked: the m-line that needs a key frame, a new target bitrate.</summary>
internal readonly record struct SessionDecisions(string? KeyFrameMid, long? TargetBitrate)
{
    public bool IsEmpty => KeyFrameMid is null && TargetBitrate is null;
}
