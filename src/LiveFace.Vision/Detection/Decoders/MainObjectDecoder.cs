namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// One box for the whole picture, in parts of the input, and how likely it is right. It is always told, however unsure: who
/// asks for a picture's main object wants to know that too.
/// </summary>
internal sealed class MainObjectDecoder : IDetectionDecoder
{
    private const float SmallestSide = 0.01f;

    private readonly InputSize _size;
    private readonly int _box;
    private readonly int _certainty;

    public MainObjectDecoder(DecoderSetup setup)
    {
        _size = setup.Size;
        _box = setup.FindRows(1, 4, "box");
        _certainty = setup.FindRows(1, 1, "certainty");
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        var (box, certainty) = (outputs[_box].Values, outputs[_certainty].Values[0]);
        var (left, top) = (Side(box[0]), Side(box[1]));
        var (right, bottom) = (Side(box[2]), Side(box[3]));
        // What is not a number is told as nothing, and so is a box without an inside.
        if (!(certainty >= 0) || !(right - left >= SmallestSide) || !(bottom - top >= SmallestSide))
            return;
        found.Add(new DetectedObject(new BoxF(left * _size.Width, top * _size.Height, right * _size.Width, bottom * _size.Height), 0, MathF.Min(1, certainty)));
    }

    private static float Side(float part) => Math.Clamp(part, 0, 1);
}
