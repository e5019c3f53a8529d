namespace LiveFace.Client.Messages;

/// <summary>Parts of the picture's width and height.</summary>
public readonly record struct PicturePoint(float X, float Y);
