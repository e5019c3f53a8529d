using LiveFace.Features.Rooms;
using LiveFace.Http;
using LiveFace.Telemetry;

namespace LiveFace.Hosting;

/// <summary>Gives every refused request a problem detail, whoever refused it.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, FaultSink faults)
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
            faults.Report($"http {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}", e);
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
}
