using System.Diagnostics;
using System.Net;
using LiveFace.Features.Jobs.Review;
using LiveFace.Features.Jobs.State;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Jobs;

/// <summary>A film that takes long to be gone through holds up its own reviewers alone, and so many of them.</summary>
public sealed class JobReviewTurnTests
{
    private const int TooMany = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_box_that_is_followed_through_a_long_film_holds_up_no_other_review()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1");
        var film = await JobFilm.MakeAsync(3);
        var (slow, other) = (await ReviewedAsync(server, film), await ReviewedAsync(server, film));
        (await server.Client.EditAsync(slow, """{"box":{"model":0,"class":0,"picture":1,"box":[300,300,400,380]}}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await NeverEndsAsync(server.Services.GetRequiredService<JobFiles>().Of(slow).Source);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var asked = Enumerable.Range(0, 1 + JobReviews.MostWaitingForOne + TooMany)
            .Select(_ => server.Client.GetAsync($"/api/jobs/{slow}/tracks", stop.Token)).ToList();

        var refused = new List<HttpResponseMessage>();
        await Eventually.IsAsync(async () =>
        {
            refused = [.. (await Task.WhenAll(asked.Where(one => one.IsCompletedSuccessfully))).Where(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable)];
            return refused.Count >= TooMany;
        });
        (await server.Client.GetAsync($"/api/jobs/{other}/tracks", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await refused[0].ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "too-busy");
        refused[0].Headers.RetryAfter.ShouldNotBeNull();
        await stop.CancelAsync();
        Task all = Task.WhenAll(asked);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private static async Task<string> ReviewedAsync(RunningServer server, byte[] film)
    {
        var id = (await server.Client.UploadAsync(film, "&review=true")).Id();
        await server.Client.FollowAsync(id, "review");
        return id;
    }

    /// <summary>Makes a pipe of a film into which nobody writes: whoever reads it waits.</summary>
    private static async Task NeverEndsAsync(string film)
    {
        File.Delete(film);
        using var made = Process.Start("mkfifo", [film]);
        await made.WaitForExitAsync(Cancel);
        made.ExitCode.ShouldBe(0);
    }
}
