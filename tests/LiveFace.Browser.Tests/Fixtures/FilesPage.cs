using LiveFace.Media.Images.Files;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>
/// The page for files with pictures on it. The portrait is astronaut.png of Debian's python3-skimage: NASA's picture of Eileen
/// Collins, in the public domain, 512 × 512.
/// </summary>
internal sealed class FilesPage(WatchedPage watched) : IAsyncDisposable
{
    /// <summary>Where the portrait's face is, eyes to mouth, in parts of the picture.</summary>
    public static readonly (double X, double Y, double Width, double Height) Face = (0.36, 0.18, 0.16, 0.16);

    /// <summary>A place with much detail and nobody in it.</summary>
    public static readonly (double X, double Y, double Width, double Height) Shuttle = (0.66, 0.1, 0.2, 0.25);

    public static Snapshot Original { get; } = Read(File.ReadAllBytes(Portrait.Path));

    public WatchedPage Watched => watched;

    public IPage Page => watched.Page;

    public static async Task<FilesPage> OpenAsync(StudioFixture fixture, ViewportSize? viewport = null) =>
        new(await fixture.Chromium.OpenAsync($"{fixture.Server.Address}/files", viewport));

    /// <summary>Drops files on the page, as from a folder.</summary>
    public async Task DropAsync(params (string Name, string Type, byte[] Bytes)[] files)
    {
        await watched.UntilAsync("document.querySelector('#what').childElementCount > 0");
        await Page.EvaluateAsync(
            """
            (files) => {
              const data = new DataTransfer();
              for (const { name, type, base64 } of files)
                data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }));
              dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true, bubbles: true }));
            }
            """,
            files.Select(file => new { name = file.Name, type = file.Type, base64 = Convert.ToBase64String(file.Bytes) }).ToArray());
    }

    public Task DropPortraitAsync(string name = "me.png") => DropAsync((name, "image/png", File.ReadAllBytes(Portrait.Path)));

    /// <summary>Waits until the picture that is open is as everything on the page says.</summary>
    public Task UntilDoneAsync() =>
        watched.UntilAsync("!document.querySelector('#download').disabled && document.querySelector('#over').textContent === ''");

    /// <summary>Drags from one place of the picture to another, in parts of it.</summary>
    public async Task DragAsync((double X, double Y, double Width, double Height) box, int steps = 6)
    {
        var (left, top) = await PlaceAsync(box.X, box.Y);
        var (right, bottom) = await PlaceAsync(box.X + box.Width, box.Y + box.Height);
        await Page.Mouse.MoveAsync(left, top);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(right, bottom, new() { Steps = steps });
        await Page.Mouse.UpAsync();
    }

    public async Task PressAsync(double x, double y)
    {
        var (left, top) = await PlaceAsync(x, y);
        await Page.Mouse.ClickAsync(left, top);
    }

    /// <summary>Where a part of the picture is on the page: the portrait is fitted into the stage and has the same sides.</summary>
    public async Task<(float X, float Y)> PlaceAsync(double x, double y)
    {
        var stage = (await Page.Locator("#lines").BoundingBoxAsync()).ShouldNotBeNull();
        var side = Math.Min(stage.Width, stage.Height);
        return (stage.X + (stage.Width - side) / 2 + (float)x * side, stage.Y + (stage.Height - side) / 2 + (float)y * side);
    }

    /// <summary>Presses something that downloads, and takes what comes.</summary>
    public async Task<(string Name, byte[] Bytes)> DownloadAsync(Func<Task> press)
    {
        var download = await Page.RunAndWaitForDownloadAsync(press);
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    /// <summary>The result of the picture that is open.</summary>
    public async Task<Snapshot> ResultAsync() => Read((await DownloadAsync(() => Page.ClickAsync("#download"))).Bytes);

    public static Snapshot Read(byte[] file)
    {
        var image = ImageFile.DecodeRgba(file);
        return new Snapshot(image.Width, image.Height, image.Pixels.ToArray());
    }

    /// <summary>Whether a part is as it was in the portrait: but for rounding on the way through the colours of films.</summary>
    public static double Change(Snapshot result, (double X, double Y, double Width, double Height) part)
    {
        double sum = 0;
        var count = 0;
        for (var y = (int)(part.Y * 512); y < (int)((part.Y + part.Height) * 512); y++)
            for (var x = (int)(part.X * 512); x < (int)((part.X + part.Width) * 512); x++)
                for (var channel = 0; channel < 3; channel++, count++)
                    sum += Math.Abs(result.Rgba[4 * (y * 512 + x) + channel] - Original.Rgba[4 * (y * 512 + x) + channel]);
        return sum / count;
    }

    public ValueTask DisposeAsync() => watched.DisposeAsync();
}
