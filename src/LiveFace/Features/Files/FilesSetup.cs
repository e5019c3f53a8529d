using LiveFace.Features.Files.Uploads;

namespace LiveFace.Features.Files;

internal static class FilesSetup
{
    public static void AddFiles(this IServiceCollection services)
    {
        services.AddSingleton<PictureQueue>();
        services.AddSingleton<RequestedPolicy>();
        services.AddSingleton<UploadFolder>();
        services.AddSingleton<UploadReceiver>();
        services.AddSingleton<PictureRequests>();
        services.AddHostedService(s => s.GetRequiredService<UploadFolder>());
    }
}
