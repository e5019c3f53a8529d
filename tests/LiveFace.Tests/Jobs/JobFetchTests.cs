using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveFace.Features.Jobs.State;
using LiveFace.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace LiveFace.Tests.Jobs;

/// <summary>Films that the server fetches itself, from a real server of the test's.</summary>
public sealed class JobFetchTests : IAsyncLifetime
{
    private readonly HttpListener _listener = new();
    private readonly int _port = FreePort.Next();
    private readonly List<string> _asked = [];
    private byte[] _film = [];
    private Task _serving = Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Root => $"http://127.0.0.1:{_port}/";

    public async ValueTask InitializeAsync()
    {
        _film = await JobFilm.MakeAsync(3);
        _listener.Prefixes.Add(Root);
        _listener.Start();
        _serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    [Fact]
    public async Task A_film_under_an_address_that_is_allowed_is_fetched_named_and_done()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=1", $"--Films:FetchFrom:0={Root}films/");
        using var answer = await FetchAsync(server, $"{Root}films/talk.mp4?signature=secret");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancel));
        var job = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        (job.GetProperty("name").GetString(), job.GetProperty("bytes").GetInt64(), job.GetProperty("kind").GetString()).ShouldBe(("talk.mp4", _film.Length, "film"));
        (await File.ReadAllBytesAsync(server.Services.GetRequiredService<JobFiles>().Of(job.Id()).Source, Cancel)).ShouldBe(_film);
        (await server.Client.FollowAsync(job.Id(), "done"))[^1].GetProperty("result").GetProperty("pictures").GetInt64().ShouldBe(3);
        DiskWatch.Find([server.Services.GetFilms(), Path.GetDirectoryName(server.Services.GetFilms())!], ["signature=secret"u8.ToArray()]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("secret/talk.mp4")]
    [InlineData("films/../secret/talk.mp4")]
    [InlineData("films/%2e%2e/secret/talk.mp4")]
    [InlineData("films/..%2fsecret/talk.mp4")]
    [InlineData("films/")]
    [InlineData("FILMS/talk.mp4")]
    public async Task What_does_not_lie_under_it_is_not_even_asked_for(string path)
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=0", $"--Films:FetchFrom:0={Root}films/");
        await (await FetchAsync(server, Root + path)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await (await FetchAsync(server, $"http://user@127.0.0.1:{_port}/films/talk.mp4")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await (await FetchAsync(server, $"http://localhost:{_port}/films/talk.mp4")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await (await FetchAsync(server, "file:///etc/passwd")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        lock (_asked)
            _asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_what_breaks_off_or_is_not_there_leaves_no_job()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=0", $"--Films:FetchFrom:0={Root}films/");
        foreach (var (path, says) in ((string, string)[])[("moved.mp4", "302"), ("none.mp4", "404"), ("broken.mp4", "broke off")])
        {
            using var answer = await FetchAsync(server, $"{Root}films/{path}");
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain(says);
        }

        lock (_asked)
            _asked.ShouldNotContain("/secret/talk.mp4");
        (await server.Client.GetFromJsonAsync<JsonElement>("/api/jobs", Cancel)).GetArrayLength().ShouldBe(0);
        Directory.GetDirectories(server.Services.GetFilms()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_address_that_is_allowed_nothing_is_fetched_and_one_that_is_none_is_refused_at_the_start()
    {
        await using var server = await RunningServer.StartAsync("--Films:Workers=0");
        using var answer = await FetchAsync(server, $"{Root}films/talk.mp4");
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("Films:FetchFrom");
        FetchAddress.ProblemOf("https://media.example.com/films/").ShouldBeNull();
        foreach (var wrong in (string[])["", "films", "file:///films/", "https://media.example.com/films", "https://me@media.example.com/", "https://media.example.com/a/../"])
            FetchAddress.ProblemOf(wrong).ShouldNotBeNull(wrong);
    }

    private static Task<HttpResponseMessage> FetchAsync(RunningServer server, string address) =>
        server.Client.PostAsync($"/api/jobs?preset=cover-everything&from={Uri.EscapeDataString(address)}", null, Cancel);

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        lock (_asked)
            _asked.Add(path);
        var response = context.Response;
        switch (path)
        {
            case "/films/talk.mp4" or "/secret/talk.mp4":
                response.ContentLength64 = _film.Length;
                await response.OutputStream.WriteAsync(_film, Cancel);
                break;
            case "/films/moved.mp4":
                response.Redirect($"{Root}secret/talk.mp4");
                break;
            case "/films/broken.mp4":
                response.ContentLength64 = _film.Length;
                await response.OutputStream.WriteAsync(_film.AsMemory(0, _film.Length / 2), Cancel);
                response.Abort();
                return;
            default:
                response.StatusCode = 404;
                break;
        }

        response.Close();
    }
}
