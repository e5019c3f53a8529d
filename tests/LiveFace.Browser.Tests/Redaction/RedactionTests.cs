using LiveFace.Redaction.Policy;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>What a browser gets back of its own camera, picture by picture, whatever happens on the server.</summary>
public sealed class RedactionTests(RedactionFixture fixture) : IClassFixture<RedactionFixture>
{
    [Fact]
    public async Task A_policy_that_hides_nothing_shows_the_face_and_one_that_hides_it_shows_within_three_pictures()
    {
        await using var call = await fixture.CallAsync("switch", PolicyPresets.OverlayBoxes);
        FaceWatch.Count(fixture.Clip, await call.TakeAsync(30)).Shown.ShouldBeGreaterThan(20);
        await call.RunAsync<object>("""
            async () => {
              await new Promise((loaded, failed) => {
                const script = document.createElement('script');
                script.src = '/lib/signalr.js'; script.onload = loaded; script.onerror = failed;
                document.head.append(script);
              });
              call.hub = new signalR.HubConnectionBuilder().withUrl('/hub').build();
              call.detections = [];
              call.hub.on('detections', (told) => call.detections.push(told));
              await call.hub.start();
              await call.hub.invoke('Join', 'switch', { detectionsPerSecond: 60 });
              await call.hub.invoke('SetPolicy', 'switch', { preset: 'blur-faces' }, null);
              call.frames.length = 0;
            }
            """);
        var after = await call.TakeAsync(40);
        FaceWatch.Count(fixture.Clip, after).Shown.ShouldBeLessThanOrEqualTo(3);
        FaceWatch.ShouldHide(fixture.Clip, after.Skip(3).ToArray());

        const string Told = "() => call.detections";
        var onFaces = BoxesOnFaces(after, await call.RunAsync<System.Text.Json.JsonElement>(Told));
        for (var more = 0; more < 10 && onFaces <= 15; more++)
        {
            // A machine that is short of time leaves detections out, and shows late what it had no time to look at.
            var pictures = await call.TakeAsync(20);
            onFaces += BoxesOnFaces(pictures, await call.RunAsync<System.Text.Json.JsonElement>(Told));
        }

        onFaces.ShouldBeGreaterThan(15);
    }

    [Theory]
    [InlineData("Stuck")]
    [InlineData("Throwing")]
    [InlineData("NotANumber")]
    [InlineData("Slow")]
    public async Task A_detector_that_breaks_lets_no_face_through_and_pictures_go_on(string fault)
    {
        await using var call = await fixture.CallAsync("broken-" + fault, PolicyPresets.BlurFaces);
        FaceWatch.ShouldHide(fixture.Clip, await call.TakeAsync(15));
        var faces = fixture.Server.Shelf.Faces.ShouldNotBeNull();
        faces.Fault = Enum.Parse<Fault>(fault);
        try
        {
            await call.ForgetAsync();
            for (var i = 0; i < 10; i++)
            {
                FaceWatch.ShouldHide(fixture.Clip, await call.TakeAsync(6));
                faces.LetOneThrough();
            }
        }
        finally
        {
            faces.Fault = Fault.None;
            for (var i = 0; i < 100; i++)
                faces.LetOneThrough();
        }
    }

    [Fact]
    public async Task A_missing_model_covers_everything()
    {
        fixture.Server.Shelf.IsMissing = true;
        try
        {
            await using var call = await fixture.CallAsync("missing", PolicyPresets.BlurFaces);
            var (shown, unreadable, _) = FaceWatch.Count(fixture.Clip, await call.TakeAsync(30));
            shown.ShouldBe(0);
            unreadable.ShouldBe(30);
        }
        finally
        {
            fixture.Server.Shelf.IsMissing = false;
        }
    }

    [Fact]
    public async Task A_switch_of_resolution_and_a_publisher_that_comes_back_let_no_face_through()
    {
        await using var call = await fixture.CallAsync("changing", PolicyPresets.BlurFaces);
        FaceWatch.ShouldHide(fixture.Clip, await call.TakeAsync(20));
        await call.RunAsync<object>("""
            async () => {
              const parameters = call.sender.getParameters();
              parameters.encodings[0].scaleResolutionDownBy = 2;
              await call.sender.setParameters(parameters);
            }
            """);
        FaceWatch.ShouldHide(fixture.Clip, await call.TakeUntilAsync(picture => picture.Width == 320));
        FaceWatch.ShouldHide(fixture.Clip, await call.TakeAsync(30));

        // The same room once more, from another page: the first one's session ends, and its successor's picture comes.
        await using var again = await fixture.CallAsync("changing", PolicyPresets.BlurFaces);
        FaceWatch.ShouldHide(fixture.Clip, await again.TakeAsync(40));
        await call.Page.UntilAsync("['disconnected', 'failed', 'closed'].includes(call.pc.connectionState)");
    }

    [Fact]
    public async Task Viewers_who_come_late_see_the_hidden_picture_and_hear_and_the_publisher_notices_nothing()
    {
        await using var call = await fixture.CallAsync("watched", PolicyPresets.BlurFaces);
        FaceWatch.ShouldHide(fixture.Clip, await call.TakeAsync(30));
        var room = (LiveFace.Rooms.Room)fixture.Server.Rooms.GetOrAdd("watched");
        for (var i = 0; i < 2; i++)
        {
            await using var viewer = await CallPage.OpenAsync(fixture.Chromium, fixture.Server.Address);
            await viewer.WatchAsync("watched");
            FaceWatch.ShouldHide(fixture.Clip, await viewer.TakeAsync(20));
            (await viewer.RunAsync<int>("async () => { while (await call.heard() < 20) await new Promise((next) => requestAnimationFrame(next)); return call.heard(); }"))
                .ShouldBeGreaterThanOrEqualTo(20);
            room.State.Viewers.ShouldBeGreaterThanOrEqualTo(1);
        }

        // The publisher's own picture goes on all the while, and every picture was encoded once for both of them.
        await call.ForgetAsync();
        FaceWatch.ShouldHide(fixture.Clip, await call.TakeAsync(10));
        room.Pipeline.Meter.Encoded.ShouldBeLessThanOrEqualTo(room.Pipeline.Meter.Shown);
    }

    /// <summary>How many pictures have a detection of the same timestamp whose box lies on the face.</summary>
    private int BoxesOnFaces(IReadOnlyList<ReturnedPicture> pictures, System.Text.Json.JsonElement detections)
    {
        var boxes = detections.EnumerateArray().ToLookup(told => told.GetProperty("rtpTimestamp").GetInt64());
        return pictures.Count(picture =>
            FrameNumber.ReadFrom(picture.Luma, picture.Width, picture.Height) is { } number &&
            boxes[picture.RtpTimestamp].SelectMany(told => told.GetProperty("objects").EnumerateArray()).Any(found =>
            {
                var box = found.GetProperty("box");
                double x = box.GetProperty("x").GetDouble() * 640, y = box.GetProperty("y").GetDouble() * 480;
                return new Vision.BoxF((float)x, (float)y,
                        (float)(x + box.GetProperty("width").GetDouble() * 640), (float)(y + box.GetProperty("height").GetDouble() * 480))
                    .IntersectionOverUnion(fixture.Clip.Face(number)) > 0.4f;
            }));
    }
}
