using System.Diagnostics;
using System.Globalization;
using System.Text;
using LiveFace.Hosting;
using LiveFace.Rooms;
using LiveFace.WebRtc.Endpoint;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Benchmarks.FrameCost;

/// <summary>
/// What a frame costs a whole server beside the bare sum of decoding, looking and encoding: `-- frame-cost [seconds]`.
/// A camera in a process of its own sends 640×480 at 30 frames a second over loopback and gets the room's picture back;
/// the same libraries do the same work on the same data in turns with the room, in one process and at the same pace.
/// What is compared is processor time.
/// </summary>
internal static class FrameCostRun
{
    private const int FramesABlock = 30;

    // Until the runtime has compiled everything for good.
    private const int WarmUpBlocks = 25;

    public static async Task<int> RunAsync(int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("liveface-bench-");
        RoomTape? tape = null;
        await using var app = WebServer.Build(
            ["--Listen=http://127.0.0.1:0", $"--Storage:Folder={folder.FullName}", "--Media:Port=0", "--Media:Bind:0=127.0.0.1",
                "--Logging:LogLevel:Default=Error", "--Rooms:MaximumKbps=1500", "--Rooms:FullAt=1", "--Inference:Threads=1", "--Inference:Device=cpu",
                "--Media:Sandbox=off"],
            builder => Wrap(builder, parts => tape = new RoomTape(parts.Codecs, parts.Shelf)));
        try
        {
            await app.StartAsync();
            using var camera = await ConnectAsync(app);
            using var bare = new BareThread(tape!, FramesABlock, WarmUpBlocks, Math.Max(3, seconds * 30 / FramesABlock));
            var readings = await bare.RunAsync();
            var statistics = app.Services.GetRequiredService<IRoomDirectory>().GetOrAdd("cost").ReadStatistics();
            camera.Kill();
            Print(readings, bare, statistics);
            return 0;
        }
        finally
        {
            await app.StopAsync();
            folder.Delete(recursive: true);
        }
    }

    private static void Wrap(WebApplicationBuilder builder, Func<RoomParts, RoomTape> make)
    {
        var parts = builder.Services.Last(service => service.ServiceType == typeof(RoomParts)).ImplementationFactory!;
        builder.Services.AddSingleton(services =>
        {
            var real = (RoomParts)parts(services);
            return make(real).Wrap(real);
        });
    }

    private static async Task<Process> ConnectAsync(WebApplication app)
    {
        var endpoint = app.Services.GetRequiredService<RtcEndpoint>();
        var camera = OwnProcess.Start("frame-cost-camera", $"{endpoint.Port}");
        var offer = await camera.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The camera ended.");
        var session = app.Services.GetRequiredService<IRoomDirectory>().GetOrAdd("cost")
            .Publish(Encoding.UTF8.GetString(Convert.FromBase64String(offer)), watchesToo: true, takeOver: false, PublisherWishes.None);
        await camera.StandardInput.WriteLineAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(session.AnswerSdp)));
        return camera;
    }

    private static void Print(List<Reading> readings, BareThread bareThread, RoomStatistics statistics)
    {
        var work = bareThread.Work;
        var blocks = readings.Zip(readings.Skip(1), (begin, end) => end.EachSince(begin)).ToList();
        Console.WriteLine("| part | bare, ms a frame | in the room, ms a frame | ratio |\n| --- | --- | --- | --- |");
        Row("decode (the room's with its copy)", block => block.BareDecoding, block => block.RoomDecoding);
        Row("look (the room's with reading the answers)", block => block.BareLooking, block => block.RoomLooking);
        Row("encode", block => block.BareEncoding, block => block.RoomEncoding);
        Row("fill tensors", null, block => block.RoomFilling);
        Row("all else: packets, following, hiding, wake-ups", null, block => block.RoomRest);
        Row("together", block => block.Bare, block => block.Room);
        var ratios = blocks.Select(block => block.Room / block.Bare).Order().ToList();
        Say($"Ratio {Median(ratios):F3}; half of the {blocks.Count} blocks of {FramesABlock} frames from {ratios[ratios.Count / 4]:F3} to {ratios[ratios.Count * 3 / 4]:F3}.");
        Say($"{work.Windows / (double)work.Frames:F1} windows a frame; {work.Same} of {work.Frames} frames came to the very same bytes on both sides; {statistics.Video.KbpsIn:F0} kbit/s in, {statistics.Video.KbpsOut:F0} out; dropped: {string.Join(", ", statistics.Drops.Where(drop => drop.Value > 0).Select(drop => $"{drop.Key} {drop.Value}"))}.");
        Say($"By thread, ms a frame: {string.Join(", ", bareThread.Threads.Select(thread => string.Create(CultureInfo.InvariantCulture, $"{thread.Name} {thread.Milliseconds:F3}")))}.");

        void Row(string part, Func<Reading, double>? bare, Func<Reading, double> room)
        {
            var inRoom = Median(blocks.Select(room));
            if (bare is null)
                Say($"| {part} | | {inRoom:F2} | |");
            else
                Say($"| {part} | {Median(blocks.Select(bare)):F2} | {inRoom:F2} | {Median(blocks.Select(block => room(block) / bare(block))):F3} |");
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
