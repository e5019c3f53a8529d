using LiveFace.Media.Ffmpeg.Nut;

namespace LiveFace.Media.Tests.Ffmpeg.Nut;

public sealed class NutFuzzTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_read_with_its_times()
    {
        long[] ticks = [0, 10, 333_330, 333_340, 10_000_000, 36_000_000_000, 864_000_000_000];
        var (width, height, pictures) = await ReadAsync(await WriteAsync(33, 17, ticks));
        (width, height).ShouldBe((33, 17));
        pictures.Select(p => p.Time.Ticks).ShouldBe(ticks);
        pictures.ShouldAllBe(p => p.Bytes == 500);
        for (var i = 0; i < pictures.Count; i++)
            pictures[i].First.ShouldBe((byte)i);
    }

    [Fact]
    public async Task A_stream_that_ends_early_says_so()
    {
        var whole = await WriteAsync(33, 17, [0, 333_330]);
        await Should.ThrowAsync<EndOfStreamException>(() => ReadAsync(whole[..^1]));
        await Should.ThrowAsync<EndOfStreamException>(() => ReadAsync(whole[..30]));
        (await ReadAsync([])).Pictures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Any_damage_ends_in_an_error_that_the_reader_expects()
    {
        var random = new Random(11);
        var whole = await WriteAsync(33, 17, [0, 333_330, 666_660]);
        for (var round = 0; round < FuzzInputs.Count(3000); round++)
        {
            var damaged = whole.ToArray();
            for (var i = 0; i < 1 + random.Next(4); i++)
                damaged[random.Next(random.Next(2) == 0 ? damaged.Length : 150)] = (byte)random.Next(256);
            try
            {
                await ReadAsync(damaged[..random.Next(1, damaged.Length + 1)]);
            }
            catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
            {
                // The two that become an FfmpegException.
            }
        }
    }

    private static async Task<byte[]> WriteAsync(int width, int height, long[] ticks)
    {
        using var stream = new MemoryStream();
        var writer = new NutVideoWriter(stream);
        await writer.WriteHeadersAsync(width, height, Cancellation);
        for (var i = 0; i < ticks.Length; i++)
        {
            await writer.WriteFrameHeaderAsync(TimeSpan.FromTicks(ticks[i]), 500, Cancellation);
            var pixels = new byte[500];
            pixels[0] = (byte)i;
            stream.Write(pixels);
        }

        return stream.ToArray();
    }

    private static async Task<(int Width, int Height, List<(TimeSpan Time, int Bytes, byte First)> Pictures)> ReadAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        var reader = new NutVideoReader(stream);
        var pictures = new List<(TimeSpan, int, byte)>();
        if (!await reader.OpenAsync(Cancellation))
            return (0, 0, pictures);
        while (await reader.NextFrameAsync(Cancellation) is var (time, size))
        {
            if (size is < 1 or > 100_000)
                throw new InvalidDataException("Not a size that the caller expects.");
            var pixels = new byte[size];
            await reader.ReadExactlyAsync(pixels, Cancellation);
            pictures.Add((time, size, pixels[0]));
        }

        return (reader.Width, reader.Height, pictures);
    }
}
