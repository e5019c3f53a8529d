using LiveFace.Access;
using LiveFace.Access.Foreign;
using LiveFace.Features.Files.Uploads;
using LiveFace.Features.Models;
using LiveFace.Features.Rooms;
using LiveFace.Features.Sessions;
using LiveFace.Features.Webhooks;
using LiveFace.Http;
using LiveFace.Rooms;
using LiveFace.Telemetry;
using LiveFace.Vision.Inference;

namespace LiveFace.Hosting;

/// <summary>Settings that are checked before the server starts.</summary>
internal static class ServerSettings
{
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        builder.AddValidated<UploadOptions, UploadOptionsValidator>(UploadOptions.Section);
        builder.AddValidated<AccessOptions, AccessOptionsValidator>(AccessOptions.Section);
        builder.AddValidated<OidcOptions, OidcOptionsValidator>(OidcOptions.Section);
        builder.AddValidated<AuthHookOptions, AuthHookOptionsValidator>(AuthHookOptions.Section);
        builder.AddValidated<WebhookOptions, WebhookOptionsValidator>(WebhookOptions.Section);
        builder.AddValidated<QuotaOptions, QuotaOptionsValidator>(QuotaOptions.Section);
        builder.AddValidated<HttpsOptions, HttpsOptionsValidator>(HttpsOptions.Section);
        builder.AddValidated<IceOptions, IceOptionsValidator>(IceOptions.Section);
        builder.AddValidated<MediaOptions, MediaOptionsValidator>(MediaOptions.Section);
        builder.AddValidated<TelemetryOptions, TelemetryOptionsValidator>(TelemetryOptions.Section);
        builder.AddValidated<InferenceOptions, InferenceOptionsValidator>(InferenceOptions.Section);
        builder.AddValidated<RoomOptions, RoomOptionsValidator>(RoomOptions.Section);
    }
}
