using System.Runtime.Intrinsics;

namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// The project's own face model: one map for each of the strides 8, 16 and 32, with fifteen planes of one number a cell.
/// They are the logit of "a face", the centre from the cell's corner and the logarithm of the size (in strides), and five
/// points (in strides, from the cell's corner).
/// </summary>
internal sealed class FaceCellsDecoder : IDetectionDecoder
{
    private const int Planes = 15;
    private static readonly int[] Strides = [8, 16, 32];

    private readonly Level[] _levels;

    public FaceCellsDecoder(DecoderSetup setup)
    {
        _levels = new Level[Strides.Length];
        for (var i = 0; i < Strides.Length; i++)
        {
            int columns = setup.Size.Width / Strides[i], rows = setup.Size.Height / Strides[i];
            _levels[i] = new Level(Strides[i], columns, columns * rows, setup.FindMap(Planes, rows, columns));
        }
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        var weakLogit = MathF.Log(weak / (1 - weak));
        foreach (var level in _levels)
        {
            ReadOnlySpan<float> map = outputs[level.Output].Values;
            var logits = map[..level.Cells];
            // Nearly all cells show nothing: eight at a time are passed over by one comparison.
            for (var first = 0; first < logits.Length; first += Vector256<float>.Count)
            {
                var end = Math.Min(first + Vector256<float>.Count, logits.Length);
                if (end - first == Vector256<float>.Count
                    && Vector256.LessThanAll(Vector256.Create(logits[first..end]), Vector256.Create(weakLogit)))
                    continue;
                for (var cell = first; cell < end; cell++)
                    if (!(logits[cell] < weakLogit))
                        found.Add(level.Read(map, cell));
            }
        }
    }

    private readonly record struct Level(int Stride, int Columns, int Cells, int Output)
    {
        public DetectedObject Read(ReadOnlySpan<float> map, int cell)
        {
            float column = cell % Columns, row = cell / Columns;
            var x = (column + map[Cells + cell]) * Stride;
            var y = (row + map[2 * Cells + cell]) * Stride;
            var halfWidth = MathF.Exp(map[3 * Cells + cell]) * Stride * 0.5f;
            var halfHeight = MathF.Exp(map[4 * Cells + cell]) * Stride * 0.5f;
            Span<float> points = stackalloc float[10];
            for (var i = 0; i < points.Length; i++)
                points[i] = ((i % 2 == 0 ? column : row) + map[(5 + i) * Cells + cell]) * Stride;
            return new DetectedObject(
                new BoxF(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight), 0, 1 / (1 + MathF.Exp(-map[cell])),
                new FaceLandmarks(
                    points[0], points[1], points[2], points[3], points[4], points[5], points[6], points[7], points[8], points[9]));
        }
    }
}
