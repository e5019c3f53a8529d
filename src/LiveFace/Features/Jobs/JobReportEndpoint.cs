using System.Text.Json.Nodes;
using LiveFace.Access;
using LiveFace.Features.Jobs.Proof;
using LiveFace.Features.Jobs.State;

namespace LiveFace.Features.Jobs;

/// <summary>The report of a job that is done, for programs as JSON, for people as a page or a PDF.</summary>
internal static class JobReportEndpoint
{
    private const string Json = "application/json", Page = "text/html", Pdf = "application/pdf";

    public static void MapJobReport(this IEndpointRouteBuilder routes) =>
        routes.OfOneJob().MapGet("/api/jobs/{id}/report", Get).Produces<JobReport>().Needs(Roles.Publish);

    private static IResult Get(string id, HttpContext context, JobViews views, JobFiles files)
    {
        var job = views.Require(context.RequireGrant(), id);
        if (job is not { State: JobState.Done, Audit: not null })
            throw JobEndpoints.WrongState(job);
        var report = JobReports.Of(job, files.Of(job.Id));
        var json = ReportText.Write(report);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Vary = "Accept";
        var hash = (string)JsonNode.Parse(json)!["hash"]!;
        switch (Wanted(context))
        {
            case Json:
                return Results.Text(json, Json);
            case Pdf:
                return Results.File(ReportPdf.Write(report, hash), Pdf, $"{Path.GetFileNameWithoutExtension(job.Name)}.report.pdf");
        }

        // Nothing runs in it, whatever a file is called.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        return Results.Text(ReportPage.Write(report, hash), Page);
    }

    /// <summary>The first kind that is asked for and that there is; JSON where none is.</summary>
    private static string Wanted(HttpContext context) =>
        context.Request.GetTypedHeaders().Accept
            .OrderByDescending(one => one.Quality ?? 1)
            .Select(one => one.MediaType.Value)
            .FirstOrDefault(kind => kind is Json or Page or Pdf) ?? Json;
}
