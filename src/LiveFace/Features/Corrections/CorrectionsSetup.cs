using LiveFace.Features.Corrections.Export;
using LiveFace.Features.Corrections.State;
using LiveFace.Http;
using LiveFace.Storage;

namespace LiveFace.Features.Corrections;

internal static class CorrectionsSetup
{
    public static void AddCorrections(this WebApplicationBuilder builder)
    {
        builder.AddValidated<CorrectionsOptions, CorrectionsOptionsValidator>(CorrectionsOptions.Section);
        var services = builder.Services;
        services.AddSingleton<StoredCorrections>();
        services.AddSingleton<CorrectionFiles>();
        services.AddSingleton<CorrectionShelf>();
        services.AddSingleton<CorrectionLimits>();
        services.AddSingleton<CorrectionExport>();
        services.AddSingleton<CorrectionMetrics>();
        services.AddHostedService<CorrectionKeeper>();
    }
}
