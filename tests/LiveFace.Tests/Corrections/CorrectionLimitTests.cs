using System.Net;
using LiveFace.Features.Corrections;
using LiveFace.Storage;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveFace.Tests.Corrections;

/// <summary>Bounds on corrections: number, bytes, time and the disk.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CorrectionLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Number_bytes_and_address_are_bounded_and_a_server_may_take_none()
    {
        var picture = TestPng.Of(32, 32, 0x336699FF);
        foreach (var (setting, taken) in ((string, int)[])[("Corrections:Most=2", 2), ("Corrections:PerAddressPerDay=1", 1)])
        {
            await using var server = await RunningServer.StartAsync($"--{setting}");
            for (var i = 0; i < taken; i++)
                await CorrectionRig.KeepAsync(server.Client, picture: picture);
            await (await CorrectionRig.SendAsync(server.Client, picture: picture)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
            (server.Pictures().Length, server.Rows()).ShouldBe((taken, taken));
        }

        await using var small = await RunningServer.StartAsync("--Corrections:TotalMegabytes=1");
        var noise = new Random(1);
        var large = TestPng.Of(1200, 1200, (_, _) => (uint)noise.NextInt64(uint.MaxValue) | 0xFF);
        await (await CorrectionRig.SendAsync(small.Client, picture: large)).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-reached");
        await CorrectionRig.KeepAsync(small.Client, picture: picture);

        await using var off = await RunningServer.StartAsync("--Corrections:Enabled=false");
        (await off.Client.GetStringAsync("/api/corrections/terms", Cancel)).ShouldBe("""{"enabled":false,"keepDays":90}""");
        await (await CorrectionRig.SendAsync(off.Client)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task A_correction_whose_time_is_over_is_told_to_nobody_and_deleted()
    {
        await using var server = await RunningServer.StartAsync();
        var (id, secret) = await CorrectionRig.KeepAsync(server.Client);
        var (other, _) = await CorrectionRig.KeepAsync(server.Client);
        server.Services.GetRequiredService<Database>().Execute("UPDATE corrections SET expires = 1 WHERE id = $id", ("$id", id));

        await (await server.Client.GetAsync($"/api/corrections/{id}/picture", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await CorrectionRig.WithdrawAsync(server.Client, secret)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        server.Services.GetServices<IHostedService>().OfType<CorrectionKeeper>().Single().Sweep();

        server.Pictures().ShouldHaveSingleItem().ShouldEndWith($"{other}.jpg");
        server.Rows().ShouldBe(1);
        server.Audit().ShouldBe(["correction-kept", "correction-kept", "correction-expired"]);
    }

    [Fact]
    public async Task A_disk_that_takes_no_line_or_row_keeps_no_picture()
    {
        await using var server = await RunningServer.StartAsync();
        var database = server.Services.GetRequiredService<Database>();
        var (id, secret) = await CorrectionRig.KeepAsync(server.Client);
        database.Execute("PRAGMA query_only=ON");
        await (await CorrectionRig.SendAsync(server.Client)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
        server.Pictures().Length.ShouldBe(1);

        await (await CorrectionRig.WithdrawAsync(server.Client, secret)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
        server.Pictures().ShouldBeEmpty();
        database.Execute("PRAGMA query_only=OFF");
        await Eventually.IsAsync(() => server.Rows() == 0);
        await (await server.Client.GetAsync($"/api/corrections/{id}", Cancel)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");

        // A disk that takes no line of the audit log.
        var (_, second) = await CorrectionRig.KeepAsync(server.Client);
        var log = Path.Combine(server.Folder(), AuditLog.FileName);
        File.Move(log, log + ".away");
        Directory.CreateDirectory(log);
        await (await CorrectionRig.SendAsync(server.Client)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
        (server.Pictures().Length, server.Rows()).ShouldBe((1, 1));
        await (await CorrectionRig.WithdrawAsync(server.Client, second)).ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-failed");
        (server.Pictures().Length, server.Rows()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Neither_a_picture_without_a_row_nor_a_row_without_a_picture_outlasts_a_start()
    {
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        var first = await RunningServer.StartInAsync(folder);
        var (id, _) = await CorrectionRig.KeepAsync(first.Client);
        var (half, _) = await CorrectionRig.KeepAsync(first.Client);
        File.Delete(Path.Combine(folder, "corrections", $"{half}.jpg"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "corrections", $"{new string('a', 32)}.jpg"), [1], Cancel);
        await first.StopAsync();

        await using var second = await RunningServer.StartInAsync(folder);
        (await second.Client.GetAsync($"/api/corrections/{id}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Pictures().ShouldHaveSingleItem().ShouldEndWith($"{id}.jpg");
        second.Rows().ShouldBe(1);
    }
}
