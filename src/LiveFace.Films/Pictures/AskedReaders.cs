using LiveFace.Vision.Attributes;

namespace LiveFace.Films.Pictures;

/// <summary>What reads the faces of a picture, and what of it is told; the policy may go by more.</summary>
public sealed record AskedReaders(IFaceReaders Readers, FaceTraits Tells);
