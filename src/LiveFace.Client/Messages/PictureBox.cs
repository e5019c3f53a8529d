namespace LiveFace.Client.Messages;

/// <summary>Parts of the picture's width and height, 0 to 1, from the top left.</summary>
public readonly record struct PictureBox(float X, float Y, float Width, float Height);
