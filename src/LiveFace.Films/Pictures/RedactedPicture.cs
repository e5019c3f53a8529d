using LiveFace.Media.Images;

namespace LiveFace.Films.Pictures;

/// <summary>What became of a picture: the file to hand out, how many things the models were sure of, and how many of those are shown.</summary>
public sealed record RedactedPicture(byte[] File, ImageFormat Format, int Found, int Kept);
