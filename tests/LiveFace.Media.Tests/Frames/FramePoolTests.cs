using LiveFace.Media.Frames;

namespace LiveFace.Media.Tests.Frames;

public sealed class FramePoolTests
{
    [Fact]
    public void A_frame_is_lent_until_its_last_reference_is_given_back()
    {
        using var pool = new FramePool();
        var frame = pool.Rent(64, 48);
        frame.AddReference();
        frame.Dispose();
        pool.Outstanding.ShouldBe(1);
        frame.Dispose();
        pool.Outstanding.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(frame.Dispose);
    }

    [Fact]
    public unsafe void A_stream_of_one_size_uses_the_same_memory_again()
    {
        using var pool = new FramePool();
        nint first;
        using (var frame = pool.Rent(640, 480))
            first = (nint)frame.Y;
        using var again = pool.Rent(640, 480);
        ((nint)again.Y).ShouldBe(first);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(63, 5)]
    [InlineData(65, 7)]
    [InlineData(3840, 2160)]
    public unsafe void Planes_are_aligned_apart_and_inside_the_memory(int width, int height)
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(width, height);
        ((nint)frame.Y % 64).ShouldBe(0);
        ((nint)frame.U % 64).ShouldBe(0);
        ((nint)frame.V % 64).ShouldBe(0);
        frame.StrideY.ShouldBeGreaterThanOrEqualTo(width);
        (frame.U - frame.Y).ShouldBeGreaterThanOrEqualTo((nint)frame.StrideY * height);
        (frame.V - frame.U).ShouldBeGreaterThanOrEqualTo((nint)frame.StrideUV * frame.ChromaHeight);
        (frame.V + frame.StrideUV * frame.ChromaHeight - frame.Y).ShouldBeLessThanOrEqualTo(frame.Capacity);
    }

    [Fact]
    public void Idle_memory_is_bounded()
    {
        using var pool = new FramePool(maximumIdleBytes: 1 << 20);
        var frames = Enumerable.Range(0, 20).Select(_ => pool.Rent(640, 480)).ToList();
        frames.ForEach(f => f.Dispose());
        pool.IdleBytes.ShouldBeInRange(1, 1 << 20);
    }

    [Fact]
    public unsafe void Memory_of_sizes_that_went_out_of_use_makes_room_for_those_in_use()
    {
        using var pool = new FramePool(maximumIdleBytes: 1 << 20);
        var old = Enumerable.Range(0, 10).Select(_ => pool.Rent(320, 240)).ToList();
        old.ForEach(f => f.Dispose());
        nint first;
        using (var frame = pool.Rent(640, 480))
            first = (nint)frame.Y;
        pool.IdleBytes.ShouldBeLessThanOrEqualTo(1 << 20);
        using var again = pool.Rent(640, 480);
        ((nint)again.Y).ShouldBe(first);
    }

    [Fact]
    public void A_closed_pool_keeps_nothing()
    {
        var pool = new FramePool();
        var lent = pool.Rent(64, 48);
        pool.Rent(64, 48).Dispose();
        pool.Dispose();
        pool.IdleBytes.ShouldBe(0);
        lent.Dispose();
        pool.IdleBytes.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => pool.Rent(64, 48));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, -1)]
    [InlineData(16385, 10)]
    public void Sizes_that_no_picture_has_are_refused(int width, int height)
    {
        using var pool = new FramePool();
        Should.Throw<ArgumentOutOfRangeException>(() => pool.Rent(width, height));
    }

    [Fact]
    public async Task References_taken_and_given_back_on_many_threads_leave_nothing_lent()
    {
        using var pool = new FramePool();
        await Parallel.ForAsync(0, 2000, TestContext.Current.CancellationToken, (i, _) =>
        {
            var frame = pool.Rent(16 + i % 3, 16);
            for (var k = 0; k < 5; k++)
                frame.AddReference();
            for (var k = 0; k < 6; k++)
                frame.Dispose();
            return ValueTask.CompletedTask;
        });
        pool.Outstanding.ShouldBe(0);
    }
}
