using LiveFace.Features.Models;
using LiveFace.Features.People.State;
using LiveFace.Media.Frames;
using LiveFace.Media.Sandbox;
using LiveFace.Rooms.Pipeline;
using LiveFace.Rooms;
using LiveFace.Stickers;
using LiveFace.Storage;
using LiveFace.Telemetry;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;
using LiveFace.WebRtc.Endpoint;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Rooms;

internal static class RoomsSetup
{
    /// <summary>Rooms, and the models, codecs and frames that they share.</summary>
    public static void AddRooms(this IServiceCollection services)
    {
        services.AddSingleton(s => ModelCatalogue.Load(ModelCatalogue.Locate(s.GetRequiredService<IConfiguration>()["Models:Folder"])));
        services.AddSingleton<ModelOrders>();
        services.AddSingleton(s => new ModelPreparation(s.GetRequiredService<ModelCatalogue>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new InferenceSessions(
            s.GetRequiredService<ModelCatalogue>(), s.GetRequiredService<ModelPreparation>(),
            s.GetRequiredService<IConfiguration>().GetSection(InferenceOptions.Section).Get<InferenceOptions>() ?? new InferenceOptions()));
        services.AddHostedService<InferenceStart>();
        services.AddSingleton<Detectors>();
        services.AddSingleton<IEnrolledPeople>(s => s.GetRequiredService<PeopleRegistry>());
        services.AddSingleton<DetectorShelf>();
        services.AddSingleton<IDetectorShelf>(s => s.GetRequiredService<DetectorShelf>());
        services.AddSingleton(_ => new FramePool());
        services.AddSingleton(s => new LiveCodecs(s.GetRequiredService<DecoderSandbox>()));
        services.AddSingleton(s => new RoomAdmission(
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<IOptions<RoomOptions>>().Value.FullAt));
        services.AddSingleton<IRoomStore, RoomStore>();
        services.AddSingleton<IStoreListener, KeptRooms>();
        services.AddSingleton(s => s.GetRequiredService<IOptions<PolicyOptions>>().Value.Open(s.GetRequiredService<IRoomStore>()));
        services.AddSingleton(s => new PolicyNames(
            s.GetRequiredService<ModelCatalogue>().Models, () => s.GetRequiredService<StickerShelf>().Names));
        services.AddSingleton(s => new RoomParts(
            s.GetRequiredService<RtcEndpoint>(), s.GetRequiredService<FramePool>(), s.GetRequiredService<LiveCodecs>(),
            s.GetRequiredService<LiveCodecs>().Spoken, s.GetRequiredService<IDetectorShelf>(), s.GetRequiredService<RoomPolicies>(),
            s.GetRequiredService<PolicyNames>(), s.GetRequiredService<StickerShelf>().Picture,
            s.GetRequiredService<IOptions<RoomOptions>>().Value, s.GetRequiredService<RoomAdmission>(),
            s.GetRequiredService<InferenceSessions>().Device.Name, s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILoggerFactory>().CreateLogger("LiveFace.Rooms"), s.GetRequiredService<FaultSink>().Report));
        services.AddSingleton<IReadinessCheck, ModelReadiness>();
        services.AddSingleton(s =>
        {
            // What the default policy needs is loaded before the first room asks for it.
            s.GetRequiredService<DetectorShelf>().Warm(ModelReadiness.Model);
            return new RoomDirectory(s.GetRequiredService<RoomParts>());
        });
        services.AddSingleton<IRoomDirectory>(s => s.GetRequiredService<RoomDirectory>());
    }
}
