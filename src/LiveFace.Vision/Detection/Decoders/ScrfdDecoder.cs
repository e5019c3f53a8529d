namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// SCRFD: for the strides 8, 16 and 32 a score, four distances to the box's edges and, in most variants, five points,
/// for each of two anchors in a cell; distances are in strides from the cell's corner.
/// </summary>
internal sealed class ScrfdDecoder : IDetectionDecoder
{
    private const int Anchors = 2;
    private static readonly int[] Strides = [8, 16, 32];

    private readonly Level[] _levels;

    public ScrfdDecoder(DecoderSetup setup)
    {
        var withPoints = setup.Outputs.Any(o => o.Last == 10);
        _levels = new Level[Strides.Length];
        for (var i = 0; i < Strides.Length; i++)
        {
            var width = (setup.Size.Width + Strides[i] - 1) / Strides[i];
            var rows = width * ((setup.Size.Height + Strides[i] - 1) / Strides[i]) * Anchors;
            _levels[i] = new Level(Strides[i], width, rows, setup.FindRows(rows, 1), setup.FindRows(rows, 4),
                withPoints ? setup.FindRows(rows, 10) : -1);
        }
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        foreach (var level in _levels)
        {
            var scores = outputs[level.Scores].Values;
            for (var i = 0; i < level.Rows; i++)
            {
                if (scores[i] < weak)
                    continue;
                float stride = level.Stride;
                var x = i / Anchors % level.Width * stride;
                var y = i / Anchors / level.Width * stride;
                var d = outputs[level.Boxes].Values.AsSpan(4 * i, 4);
                var box = new BoxF(x - d[0] * stride, y - d[1] * stride, x + d[2] * stride, y + d[3] * stride);
                FaceLandmarks? landmarks = null;
                if (level.Points >= 0)
                {
                    var p = outputs[level.Points].Values.AsSpan(10 * i, 10);
                    landmarks = new FaceLandmarks(
                        x + p[0] * stride, y + p[1] * stride, x + p[2] * stride, y + p[3] * stride, x + p[4] * stride,
                        y + p[5] * stride, x + p[6] * stride, y + p[7] * stride, x + p[8] * stride, y + p[9] * stride);
                }

                found.Add(new DetectedObject(box, 0, scores[i], landmarks));
            }
        }
    }

    private readonly record struct Level(int Stride, int Width, int Rows, int Scores, int Boxes, int Points);
}
