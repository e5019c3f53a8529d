using System.Net;
using System.Text;
using LiveFace.WebRtc.Endpoint;

namespace LiveFace.WebRtc.Tests.Interop;

/// <summary>
/// The page, and WHIP in front of an endpoint that sends frames and audio back; viewers get what the last sender sends.
/// </summary>
internal sealed class EchoServer : IAsyncDisposable
{
    readonly HttpListener _http = new();
    readonly Task _loop;
    readonly List<RtcPeer> _viewers = [];
    RtcPeer? _publisher;
    TimeSpan _filled;

    /// <param name="rewrite">Changes the answer on its way, as a relay between browser and endpoint needs.</param>
    public EchoServer(Func<string, string>? rewrite = null, IPAddress? bind = null)
    {
        Endpoint = new(new() { BindAddresses = [bind ?? IPAddress.Loopback], Port = 0 });
        Endpoint.Start();
        Rewrite = rewrite ?? (answer => answer);
        Url = $"http://127.0.0.1:{FreePort.Next()}/";
        _http.Prefixes.Add(Url);
        _http.Start();
        _loop = ServeAsync();
    }

    public RtcEndpoint Endpoint { get; }

    public string Url { get; }

    public Func<string, string> Rewrite { get; }

    public MediaPolicy Policy { get; set; } = new();

    public RtcPeer? LastPeer { get; private set; }

    /// <summary>
    /// Sends back frames that are filled up to the target bitrate, as an encoder that follows it would make them. VP8
    /// decoders do not read what stands behind the last partition.
    /// </summary>
    public bool FillToTarget { get; set; }

    /// <summary>A page that waits for it may end.</summary>
    public bool Over { get; set; }

    public int FramesReceived { get; private set; }

    public int KeyFramesReceived { get; private set; }

    public int AudioReceived { get; private set; }

    /// <summary>The client answered requests for consent, as full ICE agents do (RFC 7675, RFC 8445 7.3).</summary>
    public void ShouldHaveConsent() => LastPeer!.GetStatistics().Transport.ResponsesReceived.ShouldBeGreaterThan(0);

    public async ValueTask DisposeAsync()
    {
        _http.Stop();
        await _loop;
        await Endpoint.DisposeAsync();
    }

    async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _http.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var (status, type, body) = context.Request.HttpMethod == "POST" ? await AnswerAsync(context.Request)
                : context.Request.Url!.AbsolutePath == "/over" ? (200, "text/plain", Over ? "yes" : "no")
                : Page();
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }

    static (int Status, string Type, string Body) Page() =>
        (200, "text/html", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Interop", "Scripts", "page.html")));

    async Task<(int Status, string Type, string Body)> AnswerAsync(HttpListenerRequest request)
    {
        using var reader = new StreamReader(request.InputStream);
        try
        {
            if (request.Url!.AbsolutePath == "/restart")
                return (201, "application/sdp", Rewrite(LastPeer!.RestartIce(await reader.ReadToEndAsync())));

            var (peer, sdp) = Endpoint.Accept(await reader.ReadToEndAsync(), Policy);
            LastPeer = peer;
            if (peer.Directions.HasFlag(MediaDirections.ReceiveVideo))
                Publish(peer);
            else
                View(peer);
            return (201, "application/sdp", Rewrite(sdp));
        }
        catch (OfferRejectedException rejection)
        {
            return (422, "text/plain", rejection.Message);
        }
    }

    /// <summary>Nine tenths of what the target allows for the time since the frame before, also where frames come seldom.</summary>
    byte[] Filled(in ReceivedVideoFrame frame, long target)
    {
        var since = Math.Clamp((frame.ArrivalTime - _filled).TotalSeconds, 0.01, 0.2);
        _filled = frame.ArrivalTime;
        var payload = frame.Payload;
        var filled = new byte[Math.Max(payload.Length, (int)(target / 8 * since * 0.9))];
        payload.CopyTo(filled);
        return filled;
    }

    void View(RtcPeer peer)
    {
        peer.KeyFrameRequested = _ => _publisher?.RequestKeyFrame();
        peer.Connected = _ => _publisher?.RequestKeyFrame();
        lock (_viewers)
            _viewers.Add(peer);
    }

    void Publish(RtcPeer peer)
    {
        _publisher = peer;
        peer.KeyFrameRequested = _ => peer.RequestKeyFrame();
        peer.VideoReceived = (_, in frame) =>
        {
            FramesReceived++;
            KeyFramesReceived += frame.IsKeyFrame ? 1 : 0;
            var outgoing = new OutgoingVideoFrame
            {
                Codec = frame.Codec,
                Payload = FillToTarget ? Filled(frame, peer.TargetBitrate) : frame.Payload,
                IsKeyFrame = frame.IsKeyFrame,
                RtpTimestamp = frame.RtpTimestamp,
                CaptureTime = frame.CaptureTime,
                Rotation = frame.Rotation,
                RecoveryDelay = frame.RecoveryDelay,
            };
            peer.SendVideo(outgoing);
            lock (_viewers)
            {
                foreach (var viewer in _viewers)
                    viewer.SendVideo(outgoing);
            }
        };
        peer.AudioReceived = (_, in packet) =>
        {
            AudioReceived++;
            var outgoing = new OutgoingAudioPacket
            {
                Codec = packet.Codec,
                Payload = packet.Payload,
                RtpTimestamp = packet.RtpTimestamp,
                SequenceNumber = packet.SequenceNumber,
                CaptureTime = packet.CaptureTime,
                Marker = packet.Marker,
            };
            peer.SendAudio(outgoing);
            lock (_viewers)
            {
                foreach (var viewer in _viewers)
                    viewer.SendAudio(outgoing);
            }
        };
    }
}
