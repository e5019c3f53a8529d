using System.Net.Sockets;
using LiveFace.Http;
using LiveFace.Telemetry;
using LiveFace.WebRtc.Endpoint;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Sessions;

/// <summary>Opens the media port with the server and closes it after the rooms have drained.</summary>
internal sealed partial class MediaPort(RtcEndpoint endpoint, ILogger<MediaPort> logger) : IHostedService, IReadinessCheck
{
    private volatile bool _open;

    public string Name => "media port";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            endpoint.Start();
        }
        catch (SocketException e)
        {
            throw new OptionsValidationException(nameof(MediaOptions), typeof(MediaOptions),
                [$"Media:Port: UDP or TCP port {endpoint.Options.Port} cannot be opened ({e.Message}). "
                    + "Another server may have it; set Media:Port to a free one."]);
        }

        _open = true;
        LogOpen(logger, endpoint.Port, endpoint.Options.Tcp);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _open = false;
        await endpoint.DisposeAsync();
    }

    public string? Problem() => _open ? endpoint.Problem : "The media port is not open.";

    [LoggerMessage(Level = LogLevel.Information, Message = "Media on UDP port {Port} (TCP too: {Tcp})")]
    private static partial void LogOpen(ILogger logger, int port, bool tcp);
}
