namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// Reads one model's outputs. An instance belongs to one lane and one input size, so it may keep scratch memory; it has
/// checked the shapes when it was made.
/// </summary>
internal interface IDetectionDecoder
{
    /// <summary>
    /// Appends what the outputs say, from the weak threshold up, in pixels of the model's input. Neighbours of one
    /// thing are not merged yet.
    /// </summary>
    void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found);
}
