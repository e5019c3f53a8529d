using LiveFace.Features.People.State;
using LiveFace.Http;
using LiveFace.Storage;

namespace LiveFace.Features.People;

internal static class PeopleSetup
{
    public static void AddPeople(this WebApplicationBuilder builder)
    {
        builder.AddValidated<PeopleOptions, PeopleOptionsValidator>(PeopleOptions.Section);
        var services = builder.Services;
        services.AddSingleton<StoredPeople>();
        services.AddSingleton<PersonSeal>();
        services.AddSingleton<PeopleRegistry>();
        services.AddSingleton<IStoreListener>(s => s.GetRequiredService<PeopleRegistry>());
        services.AddSingleton<PeopleDoor>();
        services.AddSingleton<FaceEnroller>();
        services.AddSingleton<WithdrawalLimit>();
        services.AddHostedService<PeopleKeeper>();
    }
}
