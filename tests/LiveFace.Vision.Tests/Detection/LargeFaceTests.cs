namespace LiveFace.Vision.Tests.Detection;

/// <summary>Faces as large as the picture.</summary>
public sealed class LargeFaceTests : TurnedLooksTestBase
{
    private static readonly BoxF Large = new(10, 5, 630, 475);

    [Fact]
    public void A_face_as_large_as_the_picture_is_followed_once_two_sizes_show_it()
    {
        _fake.Scene.Add(new DetectedObject(Large, 0, 0.75f));
        _fake.LargestSeen = 320 * 256;
        See(30);
        _pipeline.Tracks.ToArray().ShouldHaveSingleItem().Box.IntersectionOverUnion(Large).ShouldBeGreaterThan(0.8f);
    }

    [Theory]
    [InlineData(160 * 128, 0.75f)]
    [InlineData(320 * 256, 0.65f)]
    public void What_is_as_large_as_the_picture_and_seen_at_one_size_or_unsurely_is_none(int largest, float score)
    {
        _fake.Scene.Add(new DetectedObject(Large, 0, score));
        _fake.LargestSeen = largest;
        See(60);
        _pipeline.Tracks.Length.ShouldBe(0);
    }
}
