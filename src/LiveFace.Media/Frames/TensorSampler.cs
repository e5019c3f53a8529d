using System.Numerics;

namespace LiveFace.Media.Frames;

/// <summary>
/// Turns a region of a frame into a model's input: resize, YUV → RGB, normalise and lay out, a row at a time, so the
/// data stays in the nearest cache. Keeps its tables and scratch; once a picture of a size was seen, its regions
/// allocate nothing. One thread at a time.
/// </summary>
public sealed unsafe class TensorSampler
{
    private readonly PlaneResampler _luma = new();
    private readonly PlaneResampler _blue = new();
    private readonly PlaneResampler _red;
    private readonly TensorRows _rows;
    private readonly NearPlanes? _near;
    private readonly int _levelStride;
    private AlignedMemory<float> _levels;

    /// <summary>Makes a sampler for one model's input.</summary>
    public TensorSampler(TensorFormat format)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(format.Width, 1, nameof(format));
        ArgumentOutOfRangeException.ThrowIfLessThan(format.Height, 1, nameof(format));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(format.Width, FrameLayout.MaximumSide, nameof(format));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(format.Height, FrameLayout.MaximumSide, nameof(format));
        Format = format;
        _red = new PlaneResampler(_blue);
        var channels = TensorChannel.AllOf(format);
        _rows = new TensorRows(format, channels);
        _near = format.Layout == TensorLayout.Nchw && channels.Length == 3 ? new NearPlanes(format, channels) : null;
        _levelStride = (format.Width + AxisTable.Lanes - 1) / AxisTable.Lanes * AxisTable.Lanes;
        _levels.Grow(3 * _levelStride);
        foreach (var plane in (PlaneResampler[])[_luma, _blue, _red])
            plane.Reserve(format.Width, format.Height);
    }

    /// <summary>What is made.</summary>
    public TensorFormat Format { get; }

    /// <summary>Makes room for any region of a picture that wide, so that its first tensor makes nothing anew either.</summary>
    public void Reserve(int pictureWidth)
    {
        _luma.ReserveRow(pictureWidth);
        _blue.ReserveRow((pictureWidth + 1) / 2);
        _red.ReserveRow((pictureWidth + 1) / 2);
    }

    /// <summary>Fills a tensor from the whole of a frame.</summary>
    public TensorMapping Sample(VideoFrame frame, Span<float> destination) =>
        Sample(frame, PictureRegion.Of(frame), destination);

    /// <summary>
    /// Fills <paramref name="destination"/>, which has room for <see cref="TensorFormat.Length"/> floats, from a region
    /// of a frame, and tells how to lead what the model finds back to the frame.
    /// </summary>
    public TensorMapping Sample(VideoFrame frame, PictureRegion region, Span<float> destination)
    {
        region.ThrowIfUnusable(nameof(region));
        if (destination.Length < Format.Length)
            throw new ArgumentException($"The tensor takes {Format.Length} floats and there is room for {destination.Length}.", nameof(destination));

        var content = Place(region);
        Open(frame, region, content);
        fixed (float* tensor = destination)
        {
            if (content.Width < Format.Width || content.Height < Format.Height)
                _rows.Pad(tensor, content);
            if (_near is not null && _blue.IsNear && (_luma.IsCopy || _luma.IsNear))
                SampleNear(_near, tensor + (nint)content.Y * Format.Width + content.X, content);
            else
                for (var row = 0; row < content.Height; row++)
                    SampleRow(tensor, content, row);
        }

        var scaleX = region.Width / content.Width;
        var scaleY = region.Height / content.Height;
        return new TensorMapping(
            (float)scaleX, (float)scaleY, (float)(region.X - content.X * scaleX), (float)(region.Y - content.Y * scaleY));
    }

    /// <summary>
    /// Fills the whole tensor from a picture that is turned, scaled and moved: <paramref name="pictureFromTensor"/> leads
    /// from tensor pixels to picture pixels. Bilinear whatever the format says, for faces that are set upright by their
    /// landmarks; it is not as fast as the other ways.
    /// </summary>
    internal void Sample(VideoFrame frame, Matrix3x2 pictureFromTensor, Span<float> destination)
    {
        if (destination.Length < Format.Length)
            throw new ArgumentException($"The tensor takes {Format.Length} floats and there is room for {destination.Length}.", nameof(destination));

        var y = _levels.Start;
        var u = y + _levelStride;
        var v = u + _levelStride;
        var content = new PixelRect(0, 0, Format.Width, Format.Height);
        var chroma = pictureFromTensor * Matrix3x2.CreateScale(0.5f);
        fixed (float* tensor = destination)
        {
            for (var row = 0; row < Format.Height; row++)
            {
                PlanePoint.ReadRow(frame.Y, frame.StrideY, frame.Width, frame.Height, pictureFromTensor, row, Format.Width, y);
                if (Format.Channels == TensorChannels.Grey)
                {
                    _rows.WriteGrey(tensor, content, row, y);
                    continue;
                }

                PlanePoint.ReadRow(frame.U, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight, chroma, row, Format.Width, u);
                PlanePoint.ReadRow(frame.V, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight, chroma, row, Format.Width, v);
                _rows.WriteColour(tensor, content, row, y, u, v);
            }
        }
    }

    private PixelRect Place(PictureRegion region)
    {
        if (Format.Fit == TensorFit.Stretch)
            return new PixelRect(0, 0, Format.Width, Format.Height);

        var scale = Math.Min(Format.Width / region.Width, Format.Height / region.Height);
        var width = Math.Clamp((int)Math.Round(region.Width * scale), 1, Format.Width);
        var height = Math.Clamp((int)Math.Round(region.Height * scale), 1, Format.Height);
        return Format.Fit == TensorFit.LetterboxTopLeft
            ? new PixelRect(0, 0, width, height)
            : new PixelRect((Format.Width - width) / 2, (Format.Height - height) / 2, width, height);
    }

    private void Open(VideoFrame frame, PictureRegion region, PixelRect content)
    {
        _luma.Open(frame.Y, frame.StrideY, frame.Width, frame.Height, region, content.Width, content.Height, Format.Filter);
        if (Format.Channels == TensorChannels.Grey)
            return;

        var half = region.Halved;
        _blue.Open(frame.U, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight, half, content.Width, content.Height, Format.Filter);
        _red.Open(frame.V, frame.StrideUV, frame.ChromaWidth, frame.ChromaHeight, half, content.Width, content.Height, Format.Filter);
    }

    private void SampleNear(NearPlanes near, float* to, PixelRect content)
    {
        for (var row = 0; row < content.Height; row++, to += Format.Width)
        {
            var chroma = _blue.NearPair(_red, row);
            if (_luma.IsCopy)
                near.Write(to, content.Width, _luma.Copied(row), chroma);
            else
                near.Write(to, content.Width, _luma.Near(row), chroma);
        }
    }

    private void SampleRow(float* tensor, PixelRect content, int row)
    {
        var y = _levels.Start;
        var u = y + _levelStride;
        var v = u + _levelStride;
        _luma.ReadRow(row, y);
        if (Format.Channels == TensorChannels.Grey)
        {
            _rows.WriteGrey(tensor, content, row, y);
            return;
        }

        _blue.ReadRow(row, u);
        _red.ReadRow(row, v);
        _rows.WriteColour(tensor, content, row, y, u, v);
    }
}
