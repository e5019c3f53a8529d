using LiveFace.Access;
using LiveFace.Http;

namespace LiveFace.Features.Pages;

/// <summary>The pages, which are plain files; those with a name in their address are served from one file each.</summary>
internal static class PageEndpoints
{
    public static void UsePageFiles(this WebApplication app)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/view/{room}", (IWebHostEnvironment web, HttpResponse response) => Send(web, response, "view.html"))
            .ExcludeFromDescription().OpenToAnyone();
        routes.MapGet("/meet/{name}", (IWebHostEnvironment web, HttpResponse response) => Send(web, response, "meet.html"))
            .ExcludeFromDescription().OpenToAnyone();
        routes.MapGet("/files", (IWebHostEnvironment web, HttpResponse response) => Send(web, response, "files.html"))
            .ExcludeFromDescription().OpenToAnyone();
        routes.MapGet("/admin", (IWebHostEnvironment web, HttpResponse response) => Send(web, response, "admin.html"))
            .ExcludeFromDescription().OpenToAnyone();
        routes.MapGet("/withdraw", (IWebHostEnvironment web, HttpResponse response) => Send(web, response, "withdraw.html"))
            .ExcludeFromDescription().OpenToAnyone();
        routes.MapGet("/watermark", (IWebHostEnvironment web, HttpResponse response) => Send(web, response, "watermark.html"))
            .ExcludeFromDescription().OpenToAnyone();
        // Browsers ask for this one beside whatever does not name an icon, a picture or plain text say.
        routes.MapGet("/favicon.ico", () => Results.Redirect("/favicon.svg", permanent: true)).ExcludeFromDescription().OpenToAnyone();
    }

    private static IResult Send(IWebHostEnvironment web, HttpResponse response, string file)
    {
        response.Headers.CacheControl = "no-cache";
        return web.WebRootFileProvider.GetFileInfo(file) is { Exists: true, PhysicalPath: { } path }
            ? Results.File(path, "text/html; charset=utf-8")
            : Problem.NotFound.Answer("This page is not installed.");
    }
}
