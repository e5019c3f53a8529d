using System.Text.Json;
using LiveFace.Bot;

namespace LiveFace.Cli.Bots;

/// <summary>
/// Where Telegram sends updates, behind whatever ends HTTPS. Who does not know the secret is told nothing; and nothing that comes
/// is written down.
/// </summary>
internal static class BotWebhook
{
    /// <summary>Many times what an update has.</summary>
    private const int MostBytes = 1 << 20;

    private const int RetrySeconds = 5;

    public static WebApplication Build(LiveFaceBot bot, BotOptions options, ILogger log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.WebhookListen).ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MostBytes);
        var app = builder.Build();
        var path = new Uri(options.Webhook).AbsolutePath;
        app.Run(context => TakeAsync(context, path, bot, log));
        return app;
    }

    private static async Task TakeAsync(HttpContext context, string path, LiveFaceBot bot, ILogger log)
    {
        var (request, response) = (context.Request, context.Response);
        // Before a byte of the body is read.
        if (!bot.Secret.Is(request.Headers[WebhookSecret.Header].ToString()))
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (request.Path != path || !HttpMethods.IsPost(request.Method))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, context.RequestAborted);
            if (!bot.TryTake(body.GetBuffer().AsSpan(0, (int)body.Length)))
            {
                response.Headers.RetryAfter = $"{RetrySeconds}";
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        }
        catch (BadHttpRequestException refused)
        {
            response.StatusCode = refused.StatusCode;
        }
        catch (JsonException)
        {
            // It would come again and again: whatever Telegram sends that nobody knows yet is taken and left.
            log.UnknownUpdate();
        }
    }
}

/// <summary>What the webhook writes down.</summary>
internal static partial class BotWebhookLog
{
    [LoggerMessage(10, LogLevel.Warning, "An update came that is none that is known")]
    public static partial void UnknownUpdate(this ILogger log);
}
