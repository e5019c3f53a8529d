using System.Diagnostics;
using LiveFace.Benchmarks.FrameCost;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Sandbox;

namespace LiveFace.Benchmarks;

/// <summary>One stream, decoded by two decoders in turns from one keyframe to the next of the clip.</summary>
internal sealed class SandboxLane(DecoderSandbox sandbox, FramePool pool, List<(byte[] Payload, bool IsKeyFrame)> clip) : IDisposable
{
    private readonly IVideoDecoder _here = VideoCodecs.CreateDecoder(VideoCodec.Vp8, pool);
    private readonly IVideoDecoder _there = sandbox.OpenDecoder(VideoCodec.Vp8, pool, new DecoderSettings());
    private Process? _worker;

    public List<double> Waits { get; } = [];

    /// <summary>Milliseconds that the worker's threads have run.</summary>
    public double WorkerTime
    {
        get
        {
            _worker?.Refresh();
            return _worker?.TotalProcessorTime.TotalMilliseconds ?? 0;
        }
    }

    public void Begin()
    {
        while (!Decode(_there, 0))
            Thread.Yield();
        _worker = Process.GetProcessById(sandbox.LastTaken);
    }

    public void Second(bool inWorkers)
    {
        Waits.Clear();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < SandboxCost.FramesPerSecond; i++)
        {
            var due = TimeSpan.FromSeconds(i / (double)SandboxCost.FramesPerSecond);
            using (var pause = new ManualResetEventSlim())
                while (Stopwatch.GetElapsedTime(began) is var now && now < due)
                    pause.Wait(due - now);
            var asked = Stopwatch.GetTimestamp();
            if (!Decode(inWorkers ? _there : _here, i % clip.Count))
                throw new InvalidOperationException("The clip cannot be decoded.");
            Waits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }
    }

    public void Dispose()
    {
        _worker?.Dispose();
        _here.Dispose();
        _there.Dispose();
    }

    private bool Decode(IVideoDecoder decoder, int frame)
    {
        var verdict = decoder.Decode(clip[frame].Payload, default, out var picture);
        picture?.Dispose();
        return verdict == DecodeVerdict.Picture;
    }
}
