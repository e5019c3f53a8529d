using LiveFace.Media.Frames;

namespace LiveFace.Reidentify;

/// <summary>A face of the gallery: the picture, where the detector sees the face, and how it is cut out for embedding.</summary>
public sealed record KnownFace(string Name, VideoFrame Picture, PixelRect Box, Similarity Crop);
