using System.Diagnostics;
using LiveFace.Media.Codecs;
using LiveFace.Media.Frames;
using LiveFace.Media.Sandbox;

namespace LiveFace.Media.Tests.Sandbox;

/// <summary>A sandbox that must have workers, and a pool to which every frame comes back.</summary>
public abstract class DecoderSandboxTestBase : IDisposable
{
    private protected readonly FramePool _pool = new();
    private protected readonly DecoderSandbox _sandbox = new(SandboxMode.Required, WorkerProgram.Honest);
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _sandbox.Dispose();
        _pool.Outstanding.ShouldBe(0);
        _pool.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Until a worker has started there is no picture; nobody waits for it inside.</summary>
    private protected static async Task BeginAsync(IVideoDecoder decoder, byte[] key)
    {
        var began = Stopwatch.StartNew();
        while (Decode(decoder, key) != DecodeVerdict.Picture)
        {
            began.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
            await Task.Delay(5, Cancel);
        }
    }

    private protected static DecodeVerdict Decode(IVideoDecoder decoder, ReadOnlySpan<byte> data)
    {
        var verdict = decoder.Decode(data, default, out var picture);
        picture?.Dispose();
        return verdict;
    }
}
