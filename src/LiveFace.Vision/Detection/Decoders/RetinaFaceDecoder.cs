namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// RetinaFace on MobileNet 0.25: for the strides 32, 16 and 8 three maps each, with two square anchors in every cell:
/// scores (two for 'none', two for 'face'), box offsets and five points.
/// </summary>
internal sealed class RetinaFaceDecoder : IDetectionDecoder
{
    private const int Anchors = 2;

    // Anchors are laid over 16-pixel base cells whose middle is 7.5.
    private const float BaseMiddle = 7.5f;

    // The points were trained at five times their distance from the anchor's middle.
    private const float PointDeviation = 0.2f;

    private static readonly (int Stride, float Large, float Small)[] Levels = [(32, 512, 256), (16, 128, 64), (8, 32, 16)];

    private readonly Maps[] _maps;

    public RetinaFaceDecoder(DecoderSetup setup)
    {
        _maps = new Maps[Levels.Length];
        for (var i = 0; i < Levels.Length; i++)
        {
            var (stride, large, small) = Levels[i];
            var width = (setup.Size.Width + stride - 1) / stride;
            var height = (setup.Size.Height + stride - 1) / stride;
            _maps[i] = new Maps(stride, width, height, large, small,
                setup.FindMap(2 * Anchors, height, width),
                setup.FindMap(4 * Anchors, height, width),
                setup.FindMap(10 * Anchors, height, width));
        }
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        foreach (var map in _maps)
        {
            var scores = outputs[map.Scores].Values;
            var boxes = outputs[map.Boxes].Values;
            var points = outputs[map.Points].Values;
            var cells = map.Width * map.Height;
            for (var anchor = 0; anchor < Anchors; anchor++)
            {
                var faces = scores.AsSpan((Anchors + anchor) * cells, cells);
                var side = anchor == 0 ? map.Large : map.Small;
                for (var cell = 0; cell < cells; cell++)
                {
                    if (faces[cell] < weak)
                        continue;
                    var x = BaseMiddle + cell % map.Width * map.Stride;
                    var y = BaseMiddle + cell / map.Width * map.Stride;
                    found.Add(Read(boxes.AsSpan(4 * anchor * cells), points.AsSpan(10 * anchor * cells), cell, cells,
                        x, y, side, faces[cell]));
                }
            }
        }
    }

    private static DetectedObject Read(
        ReadOnlySpan<float> box, ReadOnlySpan<float> points, int cell, int cells, float x, float y, float side, float score)
    {
        var centreX = x + box[cell] * side;
        var centreY = y + box[cells + cell] * side;
        var halfWidth = MathF.Exp(box[2 * cells + cell]) * side * 0.5f;
        var halfHeight = MathF.Exp(box[3 * cells + cell]) * side * 0.5f;
        Span<float> p = stackalloc float[10];
        for (var i = 0; i < 10; i++)
            p[i] = ((i & 1) == 0 ? x : y) + points[i * cells + cell] * side * PointDeviation;
        return new DetectedObject(
            new BoxF(centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight), 0, score,
            new FaceLandmarks(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9]));
    }

    private readonly record struct Maps(
        int Stride, int Width, int Height, float Large, float Small, int Scores, int Boxes, int Points);
}
