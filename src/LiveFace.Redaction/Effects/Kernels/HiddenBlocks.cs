using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// Where a frame may not be read by what paints over it: the blocks of 8 by 8 pixels that a hidden region touches, its
/// soft edge included. All regions of a frame are added before the first of them is painted, so that no region is
/// filled with the inside of another one. Instances are used again from frame to frame and allocate nothing once they
/// have seen the largest picture.
/// </summary>
public sealed class HiddenBlocks
{
    /// <summary>Pixels along a block's side; in chroma samples it is half of that.</summary>
    internal const int Side = 8;

    private byte[] _blocks = [];
    private byte[] _points = [];
    private int _width;
    private int _height;

    internal int Across { get; private set; }

    internal int Down { get; private set; }

    /// <summary>Starts a frame of which nothing is hidden yet.</summary>
    public void Begin(VideoFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        (_width, _height) = (frame.Width, frame.Height);
        Across = (frame.Width + Side - 1) / Side;
        Down = (frame.Height + Side - 1) / Side;
        if (_blocks.Length < Across * Down)
            _blocks = new byte[Across * Down];
        else
            _blocks.AsSpan(0, Across * Down).Clear();
    }

    /// <summary>Hides a region's blocks.</summary>
    /// <exception cref="InvalidOperationException">The frame has another size than the one that was begun.</exception>
    public void Add(VideoFrame frame, in EffectRegion region)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Width != _width || frame.Height != _height)
            throw new InvalidOperationException("Begin a frame before regions are added to it.");
        var place = Placement.Of(frame, region);
        if (place.Visible.IsEmpty)
            return;
        var rect = place.VisibleIn(PlaneKind.Y, frame);
        if (region.Shape == RegionShape.Ellipse)
            AddOval(place, rect);
        else if (region.Shape is RegionShape.Mask or RegionShape.OutsideMask && region.Mask is { } mask)
            AddMask(mask, place.Bounds, rect, region.Shape == RegionShape.OutsideMask);
        else
            for (var row = rect.Y / Side; row <= (rect.Bottom - 1) / Side; row++)
                Hide(row, rect.X, rect.Right);
    }

    /// <summary>One row of blocks; zero stands for a block that may be read.</summary>
    internal ReadOnlySpan<byte> Row(int row) => _blocks.AsSpan(row * Across, Across);

    private void Hide(int row, int left, int right) =>
        _blocks.AsSpan(row * Across)[(left / Side)..((right + Side - 1) / Side)].Fill(1);

    private void AddOval(in Placement place, PixelRect rect)
    {
        var bounds = place.Bounds;
        var (centreX, centreY) = (bounds.X + bounds.Width * 0.5f, bounds.Y + bounds.Height * 0.5f);
        for (var row = rect.Y / Side; row <= (rect.Bottom - 1) / Side; row++)
        {
            // The oval is widest where the block comes nearest to its centre.
            var nearest = Math.Clamp(centreY, row * Side, (row + 1) * Side) - centreY;
            var reach = Superellipse.ReachAt(nearest, bounds.Width, bounds.Height, place.FeatherPixels);
            if (reach < 0)
                continue;
            var left = Math.Max(rect.X, (int)MathF.Floor(centreX - reach));
            var right = Math.Min(rect.Right, (int)MathF.Ceiling(centreX + reach));
            if (left < right)
                Hide(row, left, right);
        }
    }

    private void AddMask(AlphaMask mask, PixelRect bounds, PixelRect rect, bool outside)
    {
        if (_points.Length < mask.Width)
            _points = new byte[mask.Width];
        var points = _points.AsSpan(0, mask.Width);
        for (var row = rect.Y / Side; row <= (rect.Bottom - 1) / Side; row++)
        {
            // What any of the block's rows may show of each column of the mask.
            var top = MaskSampling.PointAt(Math.Max(row * Side, rect.Y) - bounds.Y, mask.Height, bounds.Height);
            var last = Math.Min((row + 1) * Side, rect.Bottom) - 1 - bounds.Y;
            var bottom = Math.Min(MaskSampling.PointAt(last, mask.Height, bounds.Height) + 1, mask.Height - 1);
            points.Clear();
            for (var y = top; y <= bottom; y++)
                for (var x = 0; x < points.Length; x++)
                    points[x] |= (byte)(mask.Pixels[y * mask.Width + x] ^ (outside ? 255 : 0));
            for (var column = rect.X / Side; column <= (rect.Right - 1) / Side; column++)
            {
                var left = MaskSampling.PointAt(Math.Max(column * Side, rect.X) - bounds.X, mask.Width, bounds.Width);
                var end = Math.Min((column + 1) * Side, rect.Right) - 1 - bounds.X;
                var right = Math.Min(MaskSampling.PointAt(end, mask.Width, bounds.Width) + 1, mask.Width - 1);
                if (points[left..(right + 1)].ContainsAnyExcept((byte)0))
                    _blocks[row * Across + column] = 1;
            }
        }
    }
}
