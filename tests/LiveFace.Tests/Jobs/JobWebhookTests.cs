using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveFace.Features.Jobs.State;
using LiveFace.Tests.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Jobs;

public sealed class JobWebhookTests
{
    private const string Secret = "a secret of twenty letters";

    [Fact]
    public async Task What_became_of_a_job_is_told_signed_and_by_the_next_server_where_this_one_could_not()
    {
        var told = new ConcurrentQueue<(string Signature, string Body)>();
        var takes = false;
        await using var other = await OtherServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            if (Volatile.Read(ref takes))
                told.Enqueue((context.Request.Headers["LiveFace-Signature"].ToString(), body));
            else
                context.Response.StatusCode = 503;
        });
        var folder = Directory.CreateTempSubdirectory("liveface-test-").FullName;
        string[] settings = [$"--Webhook:Url={other.Address}/told", $"--Webhook:Secret={Secret}", "--Films:Workers=1"];
        var first = await RunningServer.StartInAsync(folder, settings);
        var id = (await first.Client.UploadAsync([1, 2, 3])).Id();
        await Eventually.IsAsync(async () => (await first.Client.JobAsync(id)).State() == "failed");
        var delivery = first.Services.GetRequiredService<JobBoard>().Find(id)!.OwedDelivery.ShouldNotBeNull();
        await first.StopAsync();

        Volatile.Write(ref takes, true);
        await using var second = await RunningServer.StartInAsync(folder, settings);
        await Eventually.IsAsync(() => second.Services.GetRequiredService<JobBoard>().Find(id)!.OwedDelivery is null);

        var (signature, text) = told.ShouldHaveSingleItem();
        var body = JsonDocument.Parse(text).RootElement;
        (body.GetProperty("event").GetString(), body.GetProperty("delivery").GetString(), body.GetProperty("job").Id()).ShouldBe(("job-failed", delivery, id));
        var parts = signature.Split(',');
        parts[1].ShouldBe($"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{parts[0][2..]}.{text}")))}");
        (await second.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).ShouldContain("liveface_jobs_active{state=\"failed\"} 1");
    }
}
