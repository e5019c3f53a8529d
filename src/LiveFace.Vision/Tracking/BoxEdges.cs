namespace LiveFace.Vision.Tracking;

/// <summary>How far something reaches beyond each edge of a box, in pixels; never inwards.</summary>
internal readonly record struct BoxEdges(float Left, float Top, float Right, float Bottom)
{
    /// <summary>How far one box reaches beyond another, at most a part of that one's size.</summary>
    public static BoxEdges Beyond(BoxF box, BoxF other, float most) => new(
        Math.Clamp(box.Left - other.Left, 0, most * box.Width), Math.Clamp(box.Top - other.Top, 0, most * box.Height),
        Math.Clamp(other.Right - box.Right, 0, most * box.Width), Math.Clamp(other.Bottom - box.Bottom, 0, most * box.Height));

    public static BoxEdges operator *(BoxEdges edges, float factor) =>
        new(edges.Left * factor, edges.Top * factor, edges.Right * factor, edges.Bottom * factor);
}
