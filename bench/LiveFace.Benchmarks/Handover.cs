using System.Diagnostics;
using System.Threading.Channels;

namespace LiveFace.Benchmarks;

/// <summary>
/// What it costs a picture to be handed on four times, from stage to stage, on a machine whose threads sleep between pictures: all in a row on
/// one thread, through channels that a task each reads, and through channels that a thread each reads when an event wakes it.
/// </summary>
internal static class Handover
{
    private const int Hops = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync(int pictures)
    {
        Console.WriteLine($"{Hops} hand-overs, {pictures} pictures, one every {Pace.TotalMilliseconds:0} ms");
        Console.WriteLine("| way | median, µs | p99, µs | processor time a picture, µs |");
        Console.WriteLine("| --- | --- | --- | --- |");
        await MeasureAsync("in a row", pictures, send => send);
        await MeasureAsync("channels, a task each", pictures, send =>
        {
            for (var i = 0; i < Hops; i++)
                send = ByTask(send);
            return send;
        });
        await MeasureAsync("channels, a thread each", pictures, send =>
        {
            for (var i = 0; i < Hops; i++)
                send = ByThread(send);
            return send;
        });
        return 0;
    }

    private static async Task MeasureAsync(string way, int pictures, Func<Action<long>, Action<long>> chain)
    {
        var took = new List<double>(pictures);
        using var arrived = new SemaphoreSlim(0);
        var first = chain(began =>
        {
            took.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            arrived.Release();
        });
        await RunAsync(first, arrived, pictures / 10);
        took.Clear();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        await RunAsync(first, arrived, pictures);
        var spent = Process.GetCurrentProcess().TotalProcessorTime - before;
        took.Sort();
        Console.WriteLine($"| {way} | {took[took.Count / 2]:0.0} | {took[took.Count * 99 / 100]:0.0} | {spent.TotalMicroseconds / pictures:0} |");
    }

    private static async Task RunAsync(Action<long> send, SemaphoreSlim arrived, int pictures)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var i = 0; i < pictures; i++)
        {
            await pace.WaitForNextTickAsync();
            send(Stopwatch.GetTimestamp());
            await arrived.WaitAsync();
        }
    }

    private static Action<long> ByTask(Action<long> next)
    {
        var channel = New();
        _ = ReadAsync();
        return one => channel.Writer.TryWrite(one);

        async Task ReadAsync()
        {
            await foreach (var one in channel.Reader.ReadAllAsync())
                next(one);
        }
    }

    private static Action<long> ByThread(Action<long> next)
    {
        var channel = New();
        var wake = new AutoResetEvent(initialState: false);
        var reader = new Thread(() =>
        {
            while (wake.WaitOne())
                while (channel.Reader.TryRead(out var one))
                    next(one);
        });
        reader.IsBackground = true;
        reader.Start();
        return one =>
        {
            channel.Writer.TryWrite(one);
            wake.Set();
        };
    }

    private static Channel<long> New() =>
        Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
}
