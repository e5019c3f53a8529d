using LiveFace.Media.Frames;

namespace LiveFace.Vision.Tests.Clips;

/// <summary>A painted picture: what kind it is, and the faces in it.</summary>
internal sealed record PaintedStill(string Kind, VideoFrame Frame, FaceTruth[] Faces);
