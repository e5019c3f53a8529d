using System.Text.Json.Nodes;
using LiveFace.Access;
using LiveFace.Features.Jobs.Proof;
using LiveFace.Features.Jobs.State;

namespace LiveFace.Features.Jobs;

/// <summary>The report of a job that is done, for programs as JSON and for people as a page.</summary>
internal static class JobReportEndpoint
{
    public static void MapJobReport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/jobs/{id}/report", Get).Produces<JobReport>().Needs(Roles.Publish);

    private static IResult Get(string id, HttpContext context, JobViews views, JobFiles files)
    {
        var job = views.Require(context.RequireGrant(), id);
        if (job is not { State: JobState.Done, Audit: not null })
            throw JobEndpoints.WrongState(job);
        var report = JobReports.Of(job, files.Of(job.Id));
        var json = ReportText.Write(report);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Vary = "Accept";
        if (context.Request.GetTypedHeaders().Accept is not { Count: > 0 } accepts || !accepts.Any(one => one.MediaType == "text/html"))
            return Results.Text(json, "application/json");
        // Nothing runs in it, whatever a file is called.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        return Results.Text(ReportPage.Write(report, (string)JsonNode.Parse(json)!["hash"]!), "text/html");
    }
}
