using LiveFace.Vision.Detection.Decoders;

namespace LiveFace.Vision.Attributes;

/// <summary>
/// Reads what a model says of a face that was cut out for it. An instance belongs to one lane and has checked the shapes when
/// it was made. Its outputs are the sums over <c>looks</c> looks at the face.
/// </summary>
internal interface IFaceReader
{
    /// <summary>Adds what the outputs say; false where they are no numbers that mean anything.</summary>
    bool Read(IReadOnlyList<OutputTensor> outputs, int looks, ref FaceReading reading);
}
