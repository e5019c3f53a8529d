using System.Runtime.Intrinsics;

namespace LiveFace.Media.Frames;

/// <summary>
/// Rows of a tensor of colour planes, made at one go where the picture is not made much smaller: pixels are picked out of
/// the rows, coloured and normalised in registers, and only the tensor is written. Red has nothing of U and blue
/// nothing of V, so that is left out of the work. Only with AVX2; with AVX-512 in half as many steps.
/// </summary>
internal sealed unsafe class NearPlanes(TensorFormat format, TensorChannel[] channels)
{
    private const int Lanes = 16;

    private readonly int _red = format.Channels == TensorChannels.Rgb ? 0 : 2;
    private readonly nint _plane = (nint)format.Width * format.Height;

    /// <summary>Writes so many pixels of each plane, the first of them to <paramref name="to"/>.</summary>
    public void Write<TLuma>(float* to, int width, TLuma luma, NearPair chroma)
        where TLuma : struct, ILevelRow
    {
        var whole = width / Lanes * Lanes;
        Write(to, _plane, 0, whole, luma, chroma);
        if (whole == width)
            return;

        // Past the end of the row lies what may be written already: padding, or the next plane.
        var last = stackalloc float[3 * Lanes];
        Write(last - whole, Lanes, whole, width, luma, chroma);
        for (var c = 0; c < 3; c++)
            new Span<float>(last + c * Lanes, width - whole).CopyTo(new Span<float>(to + c * _plane + whole, width - whole));
    }

    private void Write<TLuma>(float* to, nint plane, nint from, nint end, TLuma luma, NearPair chroma)
        where TLuma : struct, ILevelRow
    {
        TensorChannel r = channels[_red], g = channels[1], b = channels[2 - _red];
        float* red = to + _red * plane, green = to + plane, blue = to + (2 - _red) * plane;
        Vector512<float> redY = Vector512.Create(r.Y / TLuma.One), redV = Vector512.Create(r.V / NearPicks.One);
        Vector512<float> greenY = Vector512.Create(g.Y / TLuma.One), blueY = Vector512.Create(b.Y / TLuma.One);
        Vector512<float> greenU = Vector512.Create(g.U / NearPicks.One), greenV = Vector512.Create(g.V / NearPicks.One);
        Vector512<float> blueU = Vector512.Create(b.U / NearPicks.One);
        Vector512<float> redBias = Vector512.Create(r.Bias), greenBias = Vector512.Create(g.Bias), blueBias = Vector512.Create(b.Bias);
        Vector512<float> redLow = Vector512.Create(r.Low), redHigh = Vector512.Create(r.High);
        Vector512<float> greenLow = Vector512.Create(g.Low), greenHigh = Vector512.Create(g.High);
        Vector512<float> blueLow = Vector512.Create(b.Low), blueHigh = Vector512.Create(b.High);
        for (var x = from; x < end; x += Lanes)
        {
            var y = luma.Sixteen(x);
            chroma.Sixteen(x, out var u, out var v);
            var ofRed = Vector512.MultiplyAddEstimate(v, redV, Vector512.MultiplyAddEstimate(y, redY, redBias));
            Vector512.MinNative(Vector512.MaxNative(ofRed, redLow), redHigh).Store(red + x);
            var ofGreen = Vector512.MultiplyAddEstimate(u, greenU, Vector512.MultiplyAddEstimate(y, greenY, greenBias));
            ofGreen = Vector512.MultiplyAddEstimate(v, greenV, ofGreen);
            Vector512.MinNative(Vector512.MaxNative(ofGreen, greenLow), greenHigh).Store(green + x);
            var ofBlue = Vector512.MultiplyAddEstimate(u, blueU, Vector512.MultiplyAddEstimate(y, blueY, blueBias));
            Vector512.MinNative(Vector512.MaxNative(ofBlue, blueLow), blueHigh).Store(blue + x);
        }
    }
}
