using LiveFace.Media.Frames;

namespace LiveFace.Redaction.Effects.Kernels;

/// <summary>
/// A region laid onto a frame. All is kept in chroma samples, of which each stands for two by two pixels, so that
/// every edge falls on the same pixels in all three planes and no coloured rim can remain.
/// </summary>
internal readonly struct Placement
{
    // Far beyond any picture, yet doubling and adding cannot overflow.
    private const int Limit = 1 << 20;

    private Placement(in EffectRegion region, VideoFrame frame)
    {
        var left = Math.Clamp(region.Bounds.X, -Limit, Limit);
        var top = Math.Clamp(region.Bounds.Y, -Limit, Limit);
        var right = (int)Math.Clamp((long)region.Bounds.X + region.Bounds.Width, -Limit, Limit);
        var bottom = (int)Math.Clamp((long)region.Bounds.Y + region.Bounds.Height, -Limit, Limit);
        Bounds = new PixelRect(left, top, right - left, bottom - top);
        if (Bounds.IsEmpty)
            return;

        Feather = float.IsFinite(region.Feather) ? Math.Clamp(region.Feather, 0, 1) : 0;
        var masked = region.Shape is RegionShape.Mask or RegionShape.OutsideMask;
        FeatherPixels = masked ? 0 : Feather * Math.Min(Bounds.Width, Bounds.Height);
        var (growX, growY) = region.Shape == RegionShape.Ellipse
            ? Superellipse.Reach(Bounds.Width, Bounds.Height, FeatherPixels)
            : (FeatherPixels, FeatherPixels);
        ChromaLeft = (int)MathF.Floor((left - growX) * 0.5f);
        ChromaTop = (int)MathF.Floor((top - growY) * 0.5f);
        ChromaWidth = (int)MathF.Ceiling((right + growX) * 0.5f) - ChromaLeft;
        ChromaHeight = (int)MathF.Ceiling((bottom + growY) * 0.5f) - ChromaTop;
        var seen = new PixelRect(ChromaLeft, ChromaTop, ChromaWidth, ChromaHeight)
            .Clip(frame.ChromaWidth, frame.ChromaHeight);
        Visible = seen;
        Opaque = region.Shape == RegionShape.Box && FeatherPixels == 0 ||
            masked && region.Mask is null;
    }

    /// <summary>What the caller asked for, in pixels, within sane numbers.</summary>
    public PixelRect Bounds { get; }

    public float Feather { get; }

    public float FeatherPixels { get; }

    /// <summary>The whole region with its soft edge, in chroma samples; parts of it may lie outside of the frame.</summary>
    public int ChromaLeft { get; }

    public int ChromaTop { get; }

    public int ChromaWidth { get; }

    public int ChromaHeight { get; }

    /// <summary>The part inside the frame, in chroma samples.</summary>
    public PixelRect Visible { get; }

    /// <summary>Whether every visible pixel is covered fully, so that nothing needs to be blended.</summary>
    public bool Opaque { get; }

    public static Placement Of(VideoFrame frame, in EffectRegion region) => new(region, frame);

    /// <summary>The visible part in the samples of one plane.</summary>
    public PixelRect VisibleIn(PlaneKind plane, VideoFrame frame)
    {
        if (plane != PlaneKind.Y)
            return Visible;
        return new PixelRect(Visible.X * 2, Visible.Y * 2, Visible.Width * 2, Visible.Height * 2)
            .Clip(frame.Width, frame.Height);
    }

    /// <summary>The visible part of one plane's memory.</summary>
    public unsafe PlaneView View(VideoFrame frame, PlaneKind plane)
    {
        var rect = VisibleIn(plane, frame);
        var (start, stride) = plane switch
        {
            PlaneKind.Y => ((nint)frame.Y, frame.StrideY),
            PlaneKind.U => ((nint)frame.U, frame.StrideUV),
            _ => ((nint)frame.V, frame.StrideUV),
        };
        return new PlaneView((byte*)start + (nint)rect.Y * stride + rect.X, stride, rect.Width, rect.Height);
    }
}
