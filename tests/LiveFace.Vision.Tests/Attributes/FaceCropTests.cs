using LiveFace.Media.Frames;
using LiveFace.Vision.Attributes;

namespace LiveFace.Vision.Tests.Attributes;

public sealed class FaceCropTests
{
    private const int Side = 64;

    [Fact]
    public void A_face_that_is_rolled_is_cut_out_turned_level()
    {
        // Eyes on a line that falls by 30 degrees to the right, and the rest with it.
        const float cosine = 0.8660254f, sine = 0.5f;
        var square = FaceSquare.Of(new BoxF(60, 60, 140, 140), At(100, 100, 1, cosine, sine));
        square.Cosine.ShouldBe(cosine, 0.01f);
        square.Sine.ShouldBe(sine, 0.01f);
        square.X.ShouldBe(100, 12f);
        square.Y.ShouldBe(100, 12f);
        square.Side.ShouldBe(FaceSquare.Of(default, At(100, 100, 1, 1, 0)).Side, 0.5f);
        FaceSquare.Of(default, At(100, 100, 2, 1, 0)).Side.ShouldBe(2 * square.Side, 1f);
    }

    [Fact]
    public void Points_that_are_no_face_are_no_guide()
    {
        var box = new BoxF(60, 60, 140, 150);
        FaceSquare.Of(box, new FaceLandmarks(60, 60, 61, 140, 139, 60, 100, 61, 62, 139)).ShouldBe(FaceSquare.Of(box, null));
        FaceSquare.Of(box, new FaceLandmarks(float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0)).ShouldBe(FaceSquare.Of(box, null));
        FaceSquare.Of(new BoxF(float.NaN, 0, 1, 1), null).IsUsable.ShouldBeFalse();
    }

    [Fact]
    public void A_crop_is_the_square_turned_and_in_the_mirror()
    {
        using var pool = new FramePool(0);
        using var frame = pool.Rent(200, 200);
        FrameCopy.Fill(frame, 16, 128, 128);
        // The right half is bright.
        for (var y = 0; y < 200; y++)
            frame.RowY(y)[100..].Fill(235);
        var crop = new FaceCrop();
        var planes = new float[3 * Side * Side];

        crop.Take(frame, new FaceSquare(100, 100, 80, 1, 0));
        crop.Draw(Side, mirrored: false, planes);
        (At(planes, 8, 32) < 20, At(planes, 56, 32) > 235).ShouldBe((true, true));
        crop.Draw(Side, mirrored: true, planes);
        (At(planes, 8, 32) > 235, At(planes, 56, 32) < 20).ShouldBe((true, true));

        // Turned by a right angle, the crop's lower half is the picture's left.
        crop.Take(frame, new FaceSquare(100, 100, 80, 0, 1));
        crop.Draw(Side, mirrored: false, planes);
        (At(planes, 32, 8) > 235, At(planes, 32, 56) < 20).ShouldBe((true, true));
    }

    private static float At(float[] planes, int x, int y) => planes[y * Side + x];

    /// <summary>Five points of a face round a middle, of that size and turned.</summary>
    private static FaceLandmarks At(float x, float y, float size, float cosine, float sine)
    {
        (float X, float Y)[] points = [(-17.7f, -10.3f), (17.5f, -10.5f), (0, 9.7f), (-14.5f, 30.4f), (14.7f, 30.2f)];
        var turned = points.Select(p => (X: x + size * (cosine * p.X - sine * p.Y), Y: y + size * (sine * p.X + cosine * p.Y))).ToArray();
        return new FaceLandmarks(
            turned[0].X, turned[0].Y, turned[1].X, turned[1].Y, turned[2].X, turned[2].Y, turned[3].X, turned[3].Y, turned[4].X, turned[4].Y);
    }
}
