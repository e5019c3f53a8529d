namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// YuNet: for the strides 8, 16 and 32 a class score, an objectness, a box (offset of the centre in cells, logarithm of
/// the size in strides) and five points, one anchor a cell. The score is the geometric mean of the first two.
/// </summary>
internal sealed class YuNetDecoder : IDetectionDecoder
{
    private static readonly int[] Strides = [8, 16, 32];

    private readonly Level[] _levels;

    public YuNetDecoder(DecoderSetup setup)
    {
        _levels = new Level[Strides.Length];
        for (var i = 0; i < Strides.Length; i++)
        {
            var stride = Strides[i];
            var width = setup.Size.Width / stride;
            var rows = width * (setup.Size.Height / stride);
            _levels[i] = new Level(stride, width, rows, Named("cls", 1), Named("obj", 1), Named("bbox", 4), Named("kps", 10));

            int Named(string kind, int columns) => setup.Find(
                o => o.Name == $"{kind}_{stride}" && o.Values.Length == rows * columns,
                $"an output '{kind}_{stride}' [1,{rows},{columns}]");
        }
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        foreach (var level in _levels)
        {
            var classes = outputs[level.Classes].Values;
            var objects = outputs[level.Objects].Values;
            float stride = level.Stride;
            for (var i = 0; i < level.Rows; i++)
            {
                var score = MathF.Sqrt(Math.Clamp(classes[i], 0, 1) * Math.Clamp(objects[i], 0, 1));
                if (score < weak)
                    continue;
                var column = i % level.Width;
                var row = i / level.Width;
                var b = outputs[level.Boxes].Values.AsSpan(4 * i, 4);
                var x = (column + b[0]) * stride;
                var y = (row + b[1]) * stride;
                var halfWidth = MathF.Exp(b[2]) * stride * 0.5f;
                var halfHeight = MathF.Exp(b[3]) * stride * 0.5f;
                var p = outputs[level.Points].Values.AsSpan(10 * i, 10);
                found.Add(new DetectedObject(
                    new BoxF(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight), 0, score,
                    new FaceLandmarks(
                        (column + p[0]) * stride, (row + p[1]) * stride, (column + p[2]) * stride, (row + p[3]) * stride,
                        (column + p[4]) * stride, (row + p[5]) * stride, (column + p[6]) * stride, (row + p[7]) * stride,
                        (column + p[8]) * stride, (row + p[9]) * stride)));
            }
        }
    }

    private readonly record struct Level(
        int Stride, int Width, int Rows, int Classes, int Objects, int Boxes, int Points);
}
