using LiveFace.Features.Collections.State;
using LiveFace.Http;

namespace LiveFace.Features.Collections;

internal static class CollectionsSetup
{
    public static void AddCollections(this WebApplicationBuilder builder)
    {
        builder.AddValidated<CollectionsOptions, CollectionsOptionsValidator>(CollectionsOptions.Section);
        var services = builder.Services;
        services.AddSingleton<CollectionStore>();
        services.AddSingleton<CollectionShelf>();
        services.AddSingleton<PictureVectors>();
        services.AddHostedService<CollectionKeeper>();
    }
}
