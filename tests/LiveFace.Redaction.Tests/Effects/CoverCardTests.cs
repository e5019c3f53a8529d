using LiveFace.Media.Frames;
using LiveFace.Redaction.Effects;

namespace LiveFace.Redaction.Tests.Effects;

public class CoverCardTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(65, 47)]
    [InlineData(640, 480)]
    public void Nothing_of_the_picture_is_left(int width, int height)
    {
        using var pool = new FramePool();
        using var card = new CoverCard(pool);
        using var first = TestFrame.Noise(pool, width, height, 1);
        using var second = TestFrame.Noise(pool, width, height, 2);

        card.Apply(first, "starting");
        card.Apply(second, "starting");

        for (var plane = 0; plane < 3; plane++)
            TestFrame.Planes(second)[plane].ShouldBe(TestFrame.Planes(first)[plane]);
    }

    [Fact]
    public void The_text_can_be_seen_and_another_text_looks_different()
    {
        using var pool = new FramePool();
        using var card = new CoverCard(pool);
        card.Problem.ShouldBeNull();
        using var first = TestFrame.Noise(pool, 640, 480);
        using var second = TestFrame.Noise(pool, 640, 480);

        card.Apply(first, "starting");
        card.Apply(second, "detector unavailable");

        TestFrame.Luma(first).Cast<byte>().Max().ShouldBeGreaterThan((byte)180);
        TestFrame.Luma(second).ShouldNotBe(TestFrame.Luma(first));
    }

    [Fact]
    public void A_card_is_drawn_once_and_its_memory_goes_back()
    {
        using var pool = new FramePool();
        using (var card = new CoverCard(pool))
        {
            using var frame = TestFrame.Noise(pool, 320, 240);
            card.Apply(frame, "starting");
            var before = ThreadAllocations.Begin();
            for (var i = 0; i < 20; i++)
                card.Apply(frame, "starting");
            ThreadAllocations.Since(before).ShouldBe(0);
        }

        pool.Outstanding.ShouldBe(0);
    }
}
