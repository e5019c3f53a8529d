namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// NanoDet: for the strides 8, 16 and 32 a row for each cell with the scores of the classes, and one with a
/// distribution over eleven distances for each edge of the box, whose mean counts in strides.
/// </summary>
internal sealed class NanoDetDecoder : IDetectionDecoder
{
    private const int Bins = 11;
    private static readonly int[] Strides = [8, 16, 32];

    private readonly int _classes;
    private readonly Level[] _levels;

    public NanoDetDecoder(DecoderSetup setup)
    {
        _classes = setup.Classes;
        _levels = new Level[Strides.Length];
        for (var i = 0; i < Strides.Length; i++)
        {
            var width = (setup.Size.Width + Strides[i] - 1) / Strides[i];
            var height = (setup.Size.Height + Strides[i] - 1) / Strides[i];
            var rows = width * height;
            // Some exports have a plane for each number instead of a row for each cell.
            var planes = setup.Outputs.Any(o => o.Rank >= 3 && o.Last != _classes && o.Values.Length == rows * _classes);
            _levels[i] = new Level(Strides[i], width, rows, planes,
                Find(_classes, "scores"), Find(4 * Bins, "edges"));

            int Find(int columns, string what) => setup.Find(
                o => o.Values.Length == rows * columns
                    && (o.Last == columns || o.FromEnd(2) == columns || o.FromEnd(3) == columns),
                $"{what} [1,{rows},{columns}] at stride {Strides[i]}");
        }
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        foreach (var level in _levels)
        {
            var scores = outputs[level.Scores].Values;
            var edges = outputs[level.Edges].Values;
            for (var row = 0; row < level.Rows; row++)
            {
                var best = 0f;
                var bestClass = -1;
                for (var k = 0; k < _classes; k++)
                {
                    var score = scores[level.At(row, k, _classes)];
                    if (score > best)
                        (best, bestClass) = (score, k);
                }

                if (best < weak || bestClass < 0)
                    continue;
                var x = (row % level.Width + 0.5f) * level.Stride;
                var y = (row / level.Width + 0.5f) * level.Stride;
                found.Add(new DetectedObject(
                    new BoxF(
                        x - Edge(edges, level, row, 0), y - Edge(edges, level, row, 1),
                        x + Edge(edges, level, row, 2), y + Edge(edges, level, row, 3)),
                    bestClass, best));
            }
        }
    }

    private static float Edge(ReadOnlySpan<float> edges, Level level, int row, int side)
    {
        var largest = float.MinValue;
        for (var bin = 0; bin < Bins; bin++)
            largest = MathF.Max(largest, edges[level.At(row, side * Bins + bin, 4 * Bins)]);
        float sum = 0, mean = 0;
        for (var bin = 0; bin < Bins; bin++)
        {
            var part = MathF.Exp(edges[level.At(row, side * Bins + bin, 4 * Bins)] - largest);
            sum += part;
            mean += bin * part;
        }

        return mean / sum * level.Stride;
    }

    private readonly record struct Level(int Stride, int Width, int Rows, bool Planes, int Scores, int Edges)
    {
        public int At(int row, int column, int columns) => Planes ? column * Rows + row : row * columns + column;
    }
}
