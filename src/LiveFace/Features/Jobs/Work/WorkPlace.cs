using LiveFace.Features.Sessions;
using LiveFace.Media.Sandbox;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Jobs.Work;

/// <summary>What a machine that works on jobs knows itself.</summary>
internal sealed record WorkPlace(string Models, string Device, SandboxMode Sandbox)
{
    public static WorkPlace Of(IServiceProvider services) => new(
        services.GetRequiredService<ModelCatalogue>().Folder,
        services.GetRequiredService<IConfiguration>().GetSection(InferenceOptions.Section).Get<InferenceOptions>()?.Device ?? new InferenceOptions().Device,
        services.GetRequiredService<IOptions<MediaOptions>>().Value.SandboxMode);
}
