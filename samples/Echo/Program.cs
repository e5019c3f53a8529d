// A WHIP server that sends back what it gets: POST an offer to /whip, and the encoded frames and the audio return.
//   dotnet run --project samples/Echo -- --port 8189 --http 8080 --bind 0.0.0.0
using System.Collections.Concurrent;
using System.Net;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls($"http://{builder.Configuration["bind"] ?? "127.0.0.1"}:{builder.Configuration["http"] ?? "8080"}");
await using var app = builder.Build();

await using var endpoint = new RtcEndpoint(new()
{
    Port = builder.Configuration.GetValue("port", 8189),
    BindAddresses = [IPAddress.Parse(builder.Configuration["bind"] ?? "127.0.0.1")],
});
endpoint.Start();

var sessions = new ConcurrentDictionary<string, RtcPeer>();
var codecs = (builder.Configuration["codecs"] ?? "vp8,vp9,h264").Split(',')
    .Select(name => Enum.Parse<RtcCodec>(name, ignoreCase: true)).ToArray();

app.MapPost("/whip", async (HttpContext http) =>
{
    try
    {
        var answer = endpoint.Accept(await ReadAsync(http), new() { VideoCodecs = codecs });
        var peer = sessions[answer.Peer.Id] = answer.Peer;
        peer.VideoReceived = (_, in frame) => peer.SendVideo(new()
        {
            Codec = frame.Codec,
            Payload = frame.Payload,
            IsKeyFrame = frame.IsKeyFrame,
            RtpTimestamp = frame.RtpTimestamp,
            CaptureTime = frame.CaptureTime,
            Rotation = frame.Rotation,
            RecoveryDelay = frame.RecoveryDelay,
        });
        peer.AudioReceived = (_, in packet) => peer.SendAudio(new()
        {
            Codec = packet.Codec,
            Payload = packet.Payload,
            RtpTimestamp = packet.RtpTimestamp,
            SequenceNumber = packet.SequenceNumber,
            CaptureTime = packet.CaptureTime,
            Marker = packet.Marker,
        });
        peer.KeyFrameRequested = _ => peer.RequestKeyFrame();
        peer.Closed = (_, _) => sessions.TryRemove(peer.Id, out RtcPeer? _);
        http.Response.Headers.Location = $"/whip/{peer.Id}";
        return Results.Text(answer.Sdp, "application/sdp", statusCode: 201);
    }
    catch (OfferRejectedException rejection)
    {
        return Results.Problem(rejection.Message, statusCode: 422);
    }
});

app.MapDelete("/whip/{id}", (string id) =>
{
    if (!sessions.TryGetValue(id, out var peer))
        return Results.NotFound();
    peer.Close();
    return Results.NoContent();
});

await app.RunAsync();

static async Task<string> ReadAsync(HttpContext http)
{
    using var reader = new StreamReader(http.Request.Body);
    return await reader.ReadToEndAsync();
}
