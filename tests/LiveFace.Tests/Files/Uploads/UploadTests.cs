using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveFace.Features.Files.Uploads;
using LiveFace.Http;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Files.Uploads;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class UploadTests
{
    private const int Length = 8 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly byte[] Sent = new byte[Length];
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unfinished_uploads_lie_on_disk_without_a_name_and_take_no_memory()
    {
        await using var server = await RunningServer.StartAsync();
        var folder = server.Services.GetRequiredService<UploadFolder>().Folder;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var uploads = new List<TcpClient>();
        for (var i = 0; i < 12; i++)
            uploads.Add(await BeginAsync(server, Length, Length - 1));
        await Eventually.IsAsync(() => NamelessFiles.LengthsIn(folder).Sum() == 12L * (Length - 1));

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(24 << 20);
        Directory.GetFiles(folder).ShouldBeEmpty();
        File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        uploads.ForEach(upload => upload.Dispose());
        await Eventually.IsAsync(() => NamelessFiles.LengthsIn(folder).Count == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_is_too_large_is_refused_whether_it_says_so_or_not(bool says)
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new ByteArrayContent(new byte[(20 << 20) + 1]) { Headers = { ContentType = new("image/png") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/redact") { Content = content };
        request.Headers.ExpectContinue = says;
        request.Headers.TransferEncodingChunked = !says;
        // The answer comes before the body is sent, if need be late.
        using var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Patience }) { BaseAddress = server.Address };
        using var refused = await client.SendAsync(request, Cancel);
        await refused.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        NamelessFiles.LengthsIn(server.Services.GetRequiredService<UploadFolder>().Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_crash_left_is_gone_after_the_next_start()
    {
        var data = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        var left = Path.Combine(Directory.CreateDirectory(Path.Combine(data, "uploads")).FullName, "x.upload");
        await File.WriteAllTextAsync(left, "half a face", Cancel);
        await using var server = await RunningServer.StartInAsync(data);
        File.Exists(left).ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_stands_still_comes_below_the_rate_or_does_not_end_ends()
    {
        await using var server = await RunningServer.StartAsync("--Uploads:MinimumKilobytesPerSecond=1");
        var time = new HandTime();
        var receiver = ActivatorUtilities.CreateInstance<UploadReceiver>(server.Services, time);

        // A kilobyte in each two seconds is below the rate once the grace is used up.
        using var slow = receiver.Begin();
        (await Should.ThrowAsync<ProblemException>(() => receiver.FillAsync(slow, new DrippingBody(() => time.Advance(TimeSpan.FromSeconds(2))), Length, Cancel)))
            .Problem.ShouldBe(Problem.TooSlow);
        slow.Length.ShouldBeInRange(4096, 6144);

        // The server in front refuses bodies that are too large; what comes past it ends here.
        using var large = receiver.Begin();
        (await Should.ThrowAsync<ProblemException>(() => receiver.FillAsync(large, new DrippingBody(() => { }), 8192, Cancel)))
            .Problem.ShouldBe(Problem.TooLarge);
        large.Length.ShouldBe(8192);

        using var still = receiver.Begin();
        var filling = receiver.FillAsync(still, new StandingBody(), Length, Cancel);
        time.Fire();
        (await Should.ThrowAsync<ProblemException>(() => filling)).Problem.ShouldBe(Problem.TooSlow);
    }

    private static async Task<TcpClient> BeginAsync(RunningServer server, int announced, int sent)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Cancel);
        var head = $"POST /api/redact HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Type: image/png\r\nContent-Length: {announced}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancel);
        await client.GetStream().WriteAsync(Sent.AsMemory(0, sent), Cancel);
        return client;
    }
}
