namespace LiveFace.Vision.Detection.Decoders;

/// <summary>
/// Differentiable binarisation (DBNet): a map of how surely each pixel is the core of a line of text. Pixels that hang
/// together make a line; its box is grown again by as much as training had shrunk the cores.
/// </summary>
internal sealed class TextMapDecoder : IDetectionDecoder
{
    private const float Core = 0.3f;
    private const float Unclip = 1.6f;
    private const int LeastSide = 3;

    private readonly int _output;
    private readonly int _width;
    private readonly int _height;
    private readonly bool[] _seen;
    private readonly int[] _open;

    public TextMapDecoder(DecoderSetup setup)
    {
        _width = setup.Size.Width;
        _height = setup.Size.Height;
        _output = setup.FindMap(1, _height, _width);
        _seen = new bool[_width * _height];
        _open = new int[_width * _height];
    }

    public void Decode(ReadOnlySpan<OutputTensor> outputs, float weak, DetectionList found)
    {
        var map = outputs[_output].Values;
        Array.Clear(_seen);
        for (var start = 0; start < map.Length; start++)
        {
            if (_seen[start] || map[start] < Core)
                continue;
            var line = Flood(map, start);
            var score = line.Sum / line.Count;
            var width = line.Right - line.Left + 1;
            var height = line.Bottom - line.Top + 1;
            if (score < weak || Math.Min(width, height) < LeastSide)
                continue;
            // A polygon is grown by area × ratio / perimeter on each side.
            var grow = width * height * Unclip / (2f * (width + height));
            found.Add(new DetectedObject(
                new BoxF(line.Left - grow, line.Top - grow, line.Right + 1 + grow, line.Bottom + 1 + grow), 0, score));
        }
    }

    private Line Flood(ReadOnlySpan<float> map, int start)
    {
        var line = new Line { Left = _width, Top = _height, Right = -1, Bottom = -1 };
        var open = 0;
        Reach(start, map, ref open);
        while (open > 0)
        {
            var at = _open[--open];
            var x = at % _width;
            var y = at / _width;
            line.Left = Math.Min(line.Left, x);
            line.Right = Math.Max(line.Right, x);
            line.Top = Math.Min(line.Top, y);
            line.Bottom = Math.Max(line.Bottom, y);
            line.Sum += map[at];
            line.Count++;
            if (x > 0)
                Reach(at - 1, map, ref open);
            if (x < _width - 1)
                Reach(at + 1, map, ref open);
            if (y > 0)
                Reach(at - _width, map, ref open);
            if (y < _height - 1)
                Reach(at + _width, map, ref open);
        }

        return line;
    }

    private void Reach(int at, ReadOnlySpan<float> map, ref int open)
    {
        if (_seen[at] || map[at] < Core)
            return;
        _seen[at] = true;
        _open[open++] = at;
    }

    private struct Line
    {
        public int Left;
        public int Top;
        public int Right;
        public int Bottom;
        public float Sum;
        public int Count;
    }
}
