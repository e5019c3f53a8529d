namespace LiveFace.Media.Codecs;

/// <summary>What the first bytes of a frame say, read before a decoder may take memory for it.</summary>
/// <param name="IsValid">Whether the bytes can be a frame that is decoded here.</param>
/// <param name="IsKeyFrame">Whether decoding can begin with it.</param>
/// <param name="Width">The largest width that the frame says, or 0.</param>
/// <param name="Height">The largest height that the frame says, or 0.</param>
internal readonly record struct StreamHeader(bool IsValid, bool IsKeyFrame, int Width, int Height)
{
    public static StreamHeader Invalid => default;

    public static StreamHeader Delta => new(true, false, 0, 0);

    public bool HasSize => Width != 0 || Height != 0;
}
