namespace LiveFace.Redaction.Effects.Text;

/// <summary>One drawn character: how much of each pixel it covers, and where it stands on the line.</summary>
internal sealed record Glyph(int Left, int Top, int Width, int Height, int Advance, byte[] Coverage);
