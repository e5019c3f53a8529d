using System.Diagnostics;
using System.Globalization;
using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Effects;
using LiveFace.Redaction.Effects.Kernels;

namespace LiveFace.Benchmarks;

internal sealed class RemovalScore
{
    private double _errors, _pixels, _detail, _whole, _taken;

    public int Boxes { get; private set; }

    public double Decibels => 10 * Math.Log10(255 * 255 / (_errors / _pixels));

    public double Detail => _detail / _whole;

    public double Milliseconds => _taken / Boxes;

    public void Add(VideoFrame was, VideoFrame now, PixelRect box, double taken)
    {
        for (var y = box.Y; y < box.Bottom; y++)
            for (var x = box.X; x < box.Right; x++, _pixels++)
            {
                _errors += Math.Pow(was.RowY(y)[x] - now.RowY(y)[x], 2);
                _detail += Math.Abs(now.RowY(y)[x] - now.RowY(y)[x - 1]);
                _whole += Math.Abs(was.RowY(y)[x] - was.RowY(y)[x - 1]);
            }

        _taken += taken;
        Boxes++;
    }
}
