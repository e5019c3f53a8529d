using LiveFace.Access;
using LiveFace.Features.Corrections.State;
using LiveFace.Http;
using LiveFace.Storage;
using LiveFace.Telemetry;

namespace LiveFace.Features.Feedback;

/// <summary>What people say of results, and who runs the server reading it.</summary>
internal static class FeedbackEndpoints
{
    private const string Path = "/api/feedback";
    private const int LongestWords = 1000;
    private const int UsualPage = 50;
    private const int LargestPage = 200;

    public static void AddFeedback(this WebApplicationBuilder builder)
    {
        builder.AddValidated<FeedbackOptions, FeedbackOptionsValidator>(FeedbackOptions.Section);
        builder.Services.AddSingleton<StoredFeedback>();
        builder.Services.AddSingleton<FeedbackBox>();
        builder.Services.AddHostedService<FeedbackKeeper>();
    }

    public static void MapFeedback(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, TakeAsync).Takes<NewFeedback>("application/json", typeof(NewFeedback)).Produces<FeedbackInfo>(StatusCodes.Status201Created).Needs(Roles.Publish);
        routes.MapGet(Path, List).Needs(Roles.Admin);
        routes.MapDelete($"{Path}/{{id}}", (string id, FeedbackBox box) => box.Remove(id)
            ? Results.NoContent()
            : Problem.NotFound.Answer("There is no such feedback.")).Produces(StatusCodes.Status204NoContent).Needs(Roles.Admin);
    }

    private static async Task<IResult> TakeAsync(HttpContext context, FeedbackBox box, CorrectionShelf shelf)
    {
        var said = await context.Request.ReadJsonAsync<NewFeedback>();
        if (said?.Thumb is null)
            throw RequestBody.Invalid("thumb", "must be up or down");
        if (said.Words?.Length > LongestWords || said.Words?.Any(one => char.IsControl(one) && one is not '\n' and not '\r' and not '\t') == true)
            throw RequestBody.Invalid("words", $"must be {LongestWords} characters at most");
        if (said.Correction is { } id && shelf.Find(id) is null)
            throw RequestBody.Invalid("correction", "must be the id of a correction that is kept");
        return Results.Json(box.Take(said, context.Connection.RemoteIpAddress), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static FeedbackPage List(FeedbackBox box, string? thumb, bool? worded, int? skip, int? limit)
    {
        if (skip < 0)
            throw RequestBody.Invalid("skip", "must be 0 or more");
        if (limit is < 1 or > LargestPage)
            throw RequestBody.Invalid("limit", $"must be 1 to {LargestPage}");
        Thumb? wanted = thumb switch
        {
            null => null,
            "up" => Thumb.Up,
            "down" => Thumb.Down,
            _ => throw RequestBody.Invalid("thumb", "must be up or down"),
        };
        return box.List(wanted, worded == true, skip ?? 0, limit ?? UsualPage);
    }
}

/// <summary>Deletes feedback when its time is over.</summary>
internal sealed class FeedbackKeeper(FeedbackBox box, LoopSupervisor supervisor, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => supervisor.RunAsync("feedback's end", async stopping =>
    {
        while (!stopping.IsCancellationRequested)
        {
            box.RemoveExpired();
            await Task.Delay(Interval, time, stopping);
        }
    }, stoppingToken);
}
