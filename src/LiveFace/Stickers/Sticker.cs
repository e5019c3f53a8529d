using LiveFace.Redaction.Effects.Pictures;

namespace LiveFace.Stickers;

/// <summary>A picture that rooms can lay over what they hide: the file, and the same ready to be drawn.</summary>
internal sealed record Sticker(string Name, int Width, int Height, byte[] File, OverlayPicture Picture);
