namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// MediaPipe's BlazeFace: anchors without sizes in the middle of each cell, two of them at the fine stride and six at
/// the coarse one; sixteen numbers each (box and six points, in pixels of the input) and a score before the sigmoid.
/// </summary>
internal sealed class BlazeFaceDecoder : IDetectionDecoder
{
    private const int Values = 16;
    private const int FineAnchors = 2;
    private const int CoarseAnchors = 6;

    private readonly Level[] _levels;

    public BlazeFaceDecoder(DecoderSetup setup)
    {
        // 128 pixels have strides 8 and 16, 256 pixels 16 and 32: sixteen cells across at the fine one.
        var (width, height) = (setup.Size.Width, setup.Size.Height);
        if (width != height || width % 16 != 0)
            throw setup.Refuse("a square input that is a multiple of 16");
        int fine = 16 * 16 * FineAnchors, coarse = 8 * 8 * CoarseAnchors;
        float cell = width / 16f;
        if (setup.Outputs.Any(o => o.Last == Values && o.Values.Length == (fine + coarse) * Values))
        {
            var boxes = setup.FindRows(fine + coarse, Values);
            var scores = setup.FindRows(fine + coarse, 1);
            _levels =
            [
                new Level(boxes, scores, 0, 16, FineAnchors, cell),
                new Level(boxes, scores, fine, 8, CoarseAnchors, 2 * cell),
            ];
        }
        else
        {
            _levels =
            [
                new Level(setup.FindRows(fine, Values), setup.FindRows(fine, 1), 0, 16, FineAnchors, cell),
                new Level(setup.FindRows(coarse, Values), setup.FindRows(coarse, 1), 0, 8, CoarseAnchors, 2 * cell),
            ];
        }
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        // The sigmoid is monotonous: one logarithm here spares an exponential for each anchor.
        var least = MathF.Log(weak / (1 - weak));
        foreach (var level in _levels)
        {
            var scores = outputs[level.Scores].Values;
            var boxes = outputs[level.Boxes].Values;
            for (var i = 0; i < level.Side * level.Side * level.Anchors; i++)
            {
                var raw = scores[level.First + i];
                if (raw < least)
                    continue;
                var cell = i / level.Anchors;
                var x = (cell % level.Side + 0.5f) * level.Cell;
                var y = (cell / level.Side + 0.5f) * level.Cell;
                found.Add(Read(boxes.AsSpan((level.First + i) * Values, Values), x, y, 1 / (1 + MathF.Exp(-raw))));
            }
        }
    }

    private static DetectedObject Read(ReadOnlySpan<float> v, float x, float y, float score)
    {
        var centreX = x + v[0];
        var centreY = y + v[1];
        var halfWidth = v[2] * 0.5f;
        var halfHeight = v[3] * 0.5f;
        // It gives the middle of the mouth only; both corners are put there.
        var landmarks = new FaceLandmarks(
            x + v[4], y + v[5], x + v[6], y + v[7], x + v[8], y + v[9], x + v[10], y + v[11], x + v[10], y + v[11]);
        return new DetectedObject(
            new BoxF(centreX - halfWidth, centreY - halfHeight, centreX + halfWidth, centreY + halfHeight), 0, score, landmarks);
    }

    private readonly record struct Level(int Boxes, int Scores, int First, int Side, int Anchors, float Cell);
}
