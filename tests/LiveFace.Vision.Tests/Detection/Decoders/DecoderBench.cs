using LiveFace.Vision.Detection.Decoders;
using LiveFace.Vision.Models;

namespace LiveFace.Vision.Tests.Detection.Decoders;

/// <summary>Outputs that a test fills number by number, and what a decoder makes of them.</summary>
internal sealed class DecoderBench(int width, int height, int classes = 1)
{
    private readonly List<OutputTensor> _outputs = [];

    public float[] Output(string name, params int[] shape)
    {
        _outputs.Add(OutputTensor.Of(name, shape));
        return _outputs[^1].Values;
    }

    public DetectionList Run(ModelDecoder decoder, float weak = 0.5f)
    {
        var made = new DecoderSetup("test", new InputSize(width, height), classes, _outputs).Make(decoder);
        var found = new DetectionList();
        made.Decode(_outputs.ToArray(), weak, found);
        return found;
    }

    public DetectedObject One(ModelDecoder decoder, float weak = 0.5f)
    {
        var found = Run(decoder, weak);
        found.Count.ShouldBe(1);
        return found.Items[0];
    }

    public static void ShouldBe(BoxF box, float left, float top, float right, float bottom)
    {
        box.Left.ShouldBe(left, 0.01f);
        box.Top.ShouldBe(top, 0.01f);
        box.Right.ShouldBe(right, 0.01f);
        box.Bottom.ShouldBe(bottom, 0.01f);
    }
}
