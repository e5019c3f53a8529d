using LiveFace.Media.Frames;
using LiveFace.Restoration.Tiles;

namespace LiveFace.Restoration.Fit;

/// <summary>Which colour a mark has at each pixel of a picture that it lies on.</summary>
internal sealed class MarkColours(VideoFrame frame, ReadOnlySpan<byte> mask, Mark mark)
{
    // A mark of one colour has it wherever it lies.
    private readonly Ground? _ground = mark.Second is null ? null : Ground.Of(frame, mask);

    public Colour At(int x, int y, byte cover) =>
        _ground is null ? mark.At(default, default, cover) : mark.At(Colour.Of(new FrameRow(frame, y), x), _ground.At(x, y), cover);
}
