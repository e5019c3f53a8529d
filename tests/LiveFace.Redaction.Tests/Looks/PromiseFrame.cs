using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Looks;

/// <summary>A frame as it was sent, and what went out of it.</summary>
internal sealed class PromiseFrame
{
    private readonly byte[] _raw;
    private readonly int _columns;

    public PromiseFrame(int index, TimeSpan time, (int Width, int Height, int Scene, int Run) epoch, VideoFrame picture)
    {
        (Index, Time, Epoch, Picture) = (index, time, epoch, picture);
        (Width, Height) = (picture.Width, picture.Height);
        _columns = Width / 8;
        _raw = new byte[Width * Height];
        for (var y = 0; y < Height; y++)
            picture.RowY(y).CopyTo(_raw.AsSpan(y * Width));
    }

    public int Index { get; }

    public TimeSpan Time { get; }

    public (int Width, int Height, int Scene, int Run) Epoch { get; }

    public VideoFrame Picture { get; }

    public int Width { get; }

    public int Height { get; }

    public FrameTracks Tracks { get; } = new();

    public PolicySnapshot? Policy { get; set; }

    public PolicySnapshot? ReleasedUnder { get; set; }

    public HashSet<(int Column, int Row)> Shown { get; } = [];

    public IEnumerable<(int Column, int Row)> Cells()
    {
        for (var row = 0; row < Height / 8; row++)
            for (var column = 0; column < _columns; column++)
                yield return (column, row);
    }

    /// <summary>Whether what went out shows, in this cell, what another frame was sent with.</summary>
    public bool Shows(PromiseFrame other, int column, int row)
    {
        for (var y = row * 8; y < row * 8 + 8; y++)
            if (!Picture.RowY(y).Slice(column * 8, 8).SequenceEqual(other._raw.AsSpan(y * Width + column * 8, 8)))
                return false;
        return true;
    }

    public int Mean(int column, int row)
    {
        var sum = 0;
        for (var y = row * 8; y < row * 8 + 8; y++)
            for (var x = column * 8; x < column * 8 + 8; x++)
                sum += _raw[y * Width + x];
        return sum / 64;
    }
}

/// <summary>A look that succeeded: at which frame, and through which windows.</summary>
internal sealed record PromiseLook(string Model, PromiseFrame Frame)
{
    public List<(PixelRect Window, Vision.InputSize Size)> Windows { get; } = [];
}

/// <summary>
/// Pictures whose every pixel tells which frame it is of: a scene's own pattern, a thing that wanders through it, and grain
/// that is another in each frame but leaves the brightness of a cell alone.
/// </summary>
internal static class PromisePicture
{
    public static VideoFrame Draw(FramePool pool, (int Width, int Height, int Scene, int Run) epoch, int number)
    {
        var picture = pool.Rent(epoch.Width, epoch.Height);
        FrameCopy.Fill(picture, 128, 128, 128);
        var (left, top) = (number * 5 % epoch.Width, number * 3 % epoch.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.RowY(y);
            for (var x = 0; x < row.Length; x++)
            {
                var isThing = x >= left && x < left + 48 && y >= top && y < top + 48;
                var ground = isThing ? 200 : 60 + (int)(Hash(x / 20, y / 20, epoch.Scene) % 90);
                row[x] = (byte)(ground + (int)(Hash(x, y, number) % 5) - 2);
            }
        }

        return picture;
    }

    private static uint Hash(int x, int y, int z)
    {
        var hash = (uint)(x * 73856093) ^ (uint)(y * 19349663) ^ (uint)(z * 83492791);
        hash = (hash ^ (hash >> 13)) * 1274126177u;
        return hash ^ (hash >> 16);
    }
}
