namespace LiveFace.WebRtc.Rtp;

/// <summary>What sender and receiver hold frames to.</summary>
internal static class FrameLimits
{
    /// <summary>A frame that grows past this is given up: no camera makes one.</summary>
    public const int MaxFrameSize = 4 * 1024 * 1024;
}
