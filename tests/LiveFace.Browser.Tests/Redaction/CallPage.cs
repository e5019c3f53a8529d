using System.Text;
using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;
using LiveFace.Redaction.Policy;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>
/// A page that sends its camera to a room and keeps every picture that comes back, from the first on, as the browser
/// decodes them: nothing stands between that could leave one out. When the page is full, later ones are let go until
/// some are taken.
/// </summary>
internal sealed class CallPage(WatchedPage page) : IAsyncDisposable
{
    // They travel as text, of which there are several copies at a time.
    private const int Batch = 15;

    private const string Script = """
        window.call = {
          frames: [], presented: 0,
          async start(room, policy) {
            const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 480, frameRate: 30 } });
            const pc = call.pc = new RTCPeerConnection();
            call.sender = pc.addTransceiver(camera.getVideoTracks()[0], { direction: 'sendrecv', streams: [camera] }).sender;
            // A machine that is short of time costs pictures, not their size: what is looked for in them stays as large.
            await call.sender.setParameters({ ...call.sender.getParameters(), degradationPreference: 'maintain-resolution' });
            pc.addTransceiver(camera.getAudioTracks()[0], { direction: 'sendonly', streams: [camera] });
            await call.connect(pc, `/api/rooms/${room}/peer`, { 'LiveFace-Policy': policy });
          },
          async watch(room) {
            const pc = call.pc = new RTCPeerConnection();
            pc.addTransceiver('video', { direction: 'recvonly' });
            pc.addTransceiver('audio', { direction: 'recvonly' });
            await call.connect(pc, `/whep/${room}`);
          },
          async connect(pc, address, headers = {}) {
            pc.ontrack = ({ track }) => { if (track.kind === 'video') call.keep(track); };
            await pc.setLocalDescription();
            const response = await fetch(address, {
              method: 'POST', headers: { ...headers, 'Content-Type': 'application/sdp' }, body: pc.localDescription.sdp });
            const sdp = await response.text();
            if (!response.ok) throw new Error(sdp);
            await pc.setRemoteDescription({ type: 'answer', sdp });
          },
          async keep(track) {
            const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
            for (;;) {
              const { value: frame, done } = await reader.read();
              if (done) return;
              call.presented++;
              if (call.frames.length < 90) {
                const { width, height } = frame.visibleRect;
                if (frame.format !== 'I420') throw new Error(`a picture in ${frame.format}`);
                const planes = new Uint8Array(frame.allocationSize());
                await frame.copyTo(planes);
                call.frames.push({ timestamp: frame.metadata().rtpTimestamp, width, height, planes });
              }
              frame.close();
            }
          },
          async heard() {
            for (const one of (await call.pc.getStats()).values())
              if (one.type === 'inbound-rtp' && one.kind === 'audio') return one.packetsReceived;
            return 0;
          },
          take(count) {
            const text = (bytes) => {
              let s = '';
              for (let i = 0; i < bytes.length; i += 32768) s += String.fromCharCode(...bytes.subarray(i, i + 32768));
              return btoa(s);
            };
            return call.frames.splice(0, count).map((f) => ({ timestamp: f.timestamp, width: f.width, height: f.height, planes: text(f.planes) }));
          },
        };
        """;

    public WatchedPage Page => page;

    public static async Task<CallPage> OpenAsync(ChromiumBrowser chromium, string address)
    {
        // A page without scripts of its own: what is under test is the server.
        var page = await chromium.OpenAsync(address + "/favicon.svg");
        await page.Page.GotoAsync(address + "/health/live");
        await page.Page.EvaluateAsync(Script);
        return new CallPage(page);
    }

    /// <summary>Publishes to a room that begins with this policy.</summary>
    public Task StartAsync(string room, RedactionPolicy? policy = null) => page.Page.EvaluateAsync(
        "([room, policy]) => call.start(room, policy)",
        new[] { room, Encoding.ASCII.GetString(PolicyJson.Write(policy ?? PolicyPresets.BlurFaces)) });

    /// <summary>Watches a room and hears it.</summary>
    public Task WatchAsync(string room) => page.Page.EvaluateAsync("room => call.watch(room)", room);

    /// <summary>The next pictures, in the order in which they came.</summary>
    public async Task<IReadOnlyList<ReturnedPicture>> TakeAsync(int count)
    {
        var taken = new List<ReturnedPicture>();
        while (taken.Count < count)
            taken.AddRange(await TakeSomeAsync(Math.Min(Batch, count - taken.Count)));
        return taken;
    }

    /// <summary>All pictures, in the order in which they came, until one has come that is as it should be.</summary>
    public async Task<IReadOnlyList<ReturnedPicture>> TakeUntilAsync(Func<ReturnedPicture, bool> condition)
    {
        using var deadline = new CancellationTokenSource(WatchedPage.Patience);
        var taken = new List<ReturnedPicture>();
        for (var asked = 0; ;)
        {
            deadline.Token.ThrowIfCancellationRequested();
            taken.AddRange(await TakeSomeAsync(Batch));
            while (asked < taken.Count)
                if (condition(taken[asked++]))
                    return taken;
        }
    }

    private async Task<IEnumerable<ReturnedPicture>> TakeSomeAsync(int most)
    {
        await UntilPictureAsync();
        var batch = await page.Page.EvaluateAsync<JsonElement>("count => call.take(count)", most);
        return batch.EnumerateArray().Select(one => new ReturnedPicture(
            one.GetProperty("timestamp").GetInt64(), one.GetProperty("width").GetInt32(), one.GetProperty("height").GetInt32(),
            one.GetProperty("planes").GetBytesFromBase64()));
    }

    private async Task UntilPictureAsync()
    {
        try
        {
            await page.UntilAsync("call.frames.length > 0");
        }
        catch (TimeoutException late)
        {
            var state = await page.Page.EvaluateAsync<string>("""
                async () => JSON.stringify([call.pc.connectionState, call.presented, document.visibilityState,
                  ...[...(await call.pc.getStats()).values()].filter((one) => /^(in|out)bound-rtp$/.test(one.type))
                    .map(({ type, framesSent, framesDecoded, framesReceived, packetsReceived, packetsSent, pliCount, keyFramesDecoded, keyFramesEncoded }) =>
                      ({ type, framesSent, framesDecoded, framesReceived, packetsReceived, packetsSent, pliCount, keyFramesDecoded, keyFramesEncoded }))])
                """);
            throw new TimeoutException("No picture came back: " + state, late);
        }
    }

    /// <summary>Lets go of pictures that came before now.</summary>
    public Task ForgetAsync() => page.Page.EvaluateAsync("call.frames.length = 0");

    public Task<T> RunAsync<T>(string script, object? argument = null) => page.Page.EvaluateAsync<T>(script, argument);

    public ValueTask DisposeAsync() => page.DisposeAsync();
}
