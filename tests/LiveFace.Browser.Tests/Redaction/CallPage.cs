using System.Text.Json;
using LiveFace.Browser.Tests.Fixtures;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests.Redaction;

/// <summary>A returned picture as the page got it.</summary>
internal sealed record ReturnedPicture(long RtpTimestamp, int Width, int Height, byte[] Luma);

/// <summary>
/// A page that sends its camera to a room and keeps every picture that comes back, from the first on, by the
/// browser's own call for each frame.
/// </summary>
internal sealed class CallPage(WatchedPage page) : IAsyncDisposable
{
    private const string Script = """
        window.call = {
          frames: [], presented: 0,
          async start(room) {
            const camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 480, frameRate: 30 } });
            const pc = call.pc = new RTCPeerConnection();
            call.sender = pc.addTransceiver(camera.getVideoTracks()[0], { direction: 'sendrecv', streams: [camera] }).sender;
            pc.addTransceiver(camera.getAudioTracks()[0], { direction: 'sendonly', streams: [camera] });
            await call.connect(pc, `/api/rooms/${room}/peer`);
          },
          async watch(room) {
            const pc = call.pc = new RTCPeerConnection();
            pc.addTransceiver('video', { direction: 'recvonly' });
            pc.addTransceiver('audio', { direction: 'recvonly' });
            await call.connect(pc, `/whep/${room}`);
          },
          async connect(pc, address) {
            const video = document.createElement('video');
            const canvas = document.createElement('canvas');
            const context = canvas.getContext('2d', { willReadFrequently: true });
            const keep = (now, metadata) => {
              video.requestVideoFrameCallback(keep);
              call.presented = metadata.presentedFrames;
              canvas.width = metadata.width; canvas.height = metadata.height;
              context.drawImage(video, 0, 0);
              const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data;
              const luma = new Uint8Array(canvas.width * canvas.height);
              for (let i = 0; i < luma.length; i++) luma[i] = (77 * rgba[4 * i] + 151 * rgba[4 * i + 1] + 28 * rgba[4 * i + 2]) >> 8;
              call.frames.push({ timestamp: metadata.rtpTimestamp, width: canvas.width, height: canvas.height, luma });
              if (call.frames.length > 90) call.frames.shift();
            };
            video.requestVideoFrameCallback(keep);
            video.muted = true; video.autoplay = true;
            document.body.append(video);
            pc.ontrack = (event) => { if (event.track.kind !== 'video') return; video.srcObject = event.streams[0] ?? new MediaStream([event.track]); video.play(); };
            await pc.setLocalDescription();
            const response = await fetch(address, {
              method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: pc.localDescription.sdp });
            const sdp = await response.text();
            if (!response.ok) throw new Error(sdp);
            await pc.setRemoteDescription({ type: 'answer', sdp });
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
            return call.frames.splice(0, count).map((f) => ({ timestamp: f.timestamp, width: f.width, height: f.height, luma: text(f.luma) }));
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

    public Task StartAsync(string room) => page.Page.EvaluateAsync("room => call.start(room)", room);

    /// <summary>Watches a room and hears it.</summary>
    public Task WatchAsync(string room) => page.Page.EvaluateAsync("room => call.watch(room)", room);

    /// <summary>The next pictures, in the order in which they came.</summary>
    public async Task<IReadOnlyList<ReturnedPicture>> TakeAsync(int count)
    {
        var taken = new List<ReturnedPicture>();
        while (taken.Count < count)
        {
            await UntilPictureAsync();
            var batch = await page.Page.EvaluateAsync<JsonElement>("count => call.take(count)", count - taken.Count);
            foreach (var one in batch.EnumerateArray())
                taken.Add(new ReturnedPicture(
                    one.GetProperty("timestamp").GetInt64(), one.GetProperty("width").GetInt32(), one.GetProperty("height").GetInt32(),
                    one.GetProperty("luma").GetBytesFromBase64()));
        }

        return taken;
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
