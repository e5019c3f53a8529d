using System.Collections.Concurrent;
using System.Text.Json;
using LiveFace.Media.Images.Files;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>A page, what its console complained of, and what its videos show.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _complaints = new();

    public WatchedPage(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => _complaints.Enqueue($"uncaught: {error}");
    }

    public IPage Page { get; }

    /// <summary>Console errors (a violated content security policy is one), and uncaught exceptions.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Waits until a video shows pictures; fails with what the page says when it does not.</summary>
    public Task UntilPlayingAsync(string video) => UntilAsync(
        $"document.querySelector({JsonSerializer.Serialize(video)})?.videoWidth > 0 && document.querySelector({JsonSerializer.Serialize(video)}).currentTime > 0");

    /// <summary>Waits until an expression in the page is true, with a deadline and no fixed pause.</summary>
    public async Task UntilAsync(string expression)
    {
        try
        {
            await Page.WaitForFunctionAsync($"() => {expression}", null, new() { PollingInterval = 50 });
        }
        catch (TimeoutException late)
        {
            var body = await Page.EvaluateAsync<string>("document.body.innerText");
            throw new TimeoutException($"Never true: {expression}\nConsole: {string.Join("; ", _complaints)}\nPage: {body}", late);
        }
    }

    /// <summary>The picture that a video shows now, or null while it shows none.</summary>
    public async Task<Snapshot?> SnapshotAsync(string video)
    {
        var shot = await Page.EvaluateAsync<JsonElement?>("""
            (selector) => {
              const video = document.querySelector(selector);
              if (!video?.videoWidth) return null;
              const canvas = document.createElement('canvas');
              canvas.width = video.videoWidth;
              canvas.height = video.videoHeight;
              const context = canvas.getContext('2d', { willReadFrequently: true });
              context.drawImage(video, 0, 0);
              const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
              let text = '';
              for (let start = 0; start < data.length; start += 32768) text += String.fromCharCode(...data.subarray(start, start + 32768));
              return { width: canvas.width, height: canvas.height, rgba: btoa(text) };
            }
            """, video);
        return shot is { ValueKind: JsonValueKind.Object } one
            ? new Snapshot(one.GetProperty("width").GetInt32(), one.GetProperty("height").GetInt32(), one.GetProperty("rgba").GetBytesFromBase64())
            : null;
    }

    /// <summary>What a part of the page looks like to whoever sits before it.</summary>
    public async Task<Snapshot> LookAtAsync(string part)
    {
        var image = ImageFile.DecodeRgba(await Page.Locator(part).ScreenshotAsync());
        return new Snapshot(image.Width, image.Height, image.Pixels.ToArray());
    }

    /// <summary>Looks at a video again and again until a picture satisfies a condition.</summary>
    public Task<Snapshot> UntilPictureAsync(string video, string what, Func<Snapshot, bool> condition) =>
        UntilAsync(() => SnapshotAsync(video), what, condition);

    /// <summary>Looks at a part of the page again and again until it satisfies a condition.</summary>
    public Task<Snapshot> UntilShownAsync(string part, string what, Func<Snapshot, bool> condition) =>
        UntilAsync(async () => await LookAtAsync(part), what, condition);

    private async Task<Snapshot> UntilAsync(Func<Task<Snapshot?>> look, string what, Func<Snapshot, bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!deadline.IsCancellationRequested)
            if (await look() is { } shot && condition(shot))
                return shot;

        var path = Path.Combine(Repository.Root, "artifacts", $"never-{Guid.NewGuid():N}.png");
        await Page.ScreenshotAsync(new() { Path = path, FullPage = true });
        throw new TimeoutException($"No picture ever showed: {what}. Screenshot: {path}. Console: {string.Join("; ", _complaints)}");
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
