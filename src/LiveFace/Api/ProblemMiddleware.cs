namespace LiveFace.Api;

/// <summary>Gives every refused request a problem detail, whoever refused it.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.Response.HasStarted && RoomProblems.From(e) is { } problem)
        {
            await WriteAsync(context, problem);
            return;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Problem.ForStatus(e.StatusCode).WriteAsync(context, e.Message);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailure(logger, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "", e);
            context.Response.Clear();
            await Problem.InternalError.WriteAsync(context);
            return;
        }

        var response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted
            && response.ContentType is null && response.ContentLength is null or 0
            && !HttpMethods.IsHead(context.Request.Method))
            await Problem.ForStatus(response.StatusCode).WriteAsync(context);
    }

    private static async Task WriteAsync(HttpContext context, ProblemException e)
    {
        if (e.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString();
        var details = e.Problem.Describe(e.Detail);
        if (e.Errors is not null)
            details.Extensions["errors"] = e.Errors;
        if (e.CurrentVersion is { } version)
            details.Extensions["currentVersion"] = version;
        await Results.Problem(details).ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private static partial void LogFailure(ILogger logger, string method, string endpoint, Exception e);
}
