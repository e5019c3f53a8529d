using LiveFace.Features.Files;
using LiveFace.Features.Files.Uploads;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Sandbox;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;

namespace LiveFace.Features.People;

/// <summary>Makes what is kept of somebody out of pictures that are kept nowhere; each is held against what it has to be.</summary>
internal sealed class FaceEnroller(PictureRequests requests, ModelCatalogue catalogue, Detectors detectors, DecoderSandbox sandbox)
{
    /// <summary>The most bytes of a picture.</summary>
    public const int MaximumBytes = 8 << 20;

    private static readonly string[] Models = ["faces"];

    /// <summary>What is kept of the one person in all of these.</summary>
    /// <exception cref="ProblemException">Pictures are refused; the problem says of each why.</exception>
    public async Task<FaceTemplate> LookAsync(IReadOnlyList<Upload> pictures, CancellationToken aborted)
    {
        var looks = new List<FaceEmbedding>();
        try
        {
            var refused = new Dictionary<string, string[]>(StringComparer.Ordinal);
            for (var i = 0; i < pictures.Count; i++)
            {
                var look = await LookAsync(pictures[i], aborted);
                if (look.Seen is { } seen)
                    looks.Add(seen);
                else
                    refused[FieldOf(i)] = [look.Problem!];
            }

            if (refused.Count == 0 && FaceEnrolment.Disagreeing(looks) is var (which, problem))
                refused[FieldOf(which)] = [problem];
            return refused.Count == 0
                ? FaceTemplate.Of(looks)
                : throw new ProblemException(Problem.RequestInvalid, string.Join("; ", refused.Select(one => $"{one.Key}: {one.Value[0]}")) + ". Nothing was kept.", refused);
        }
        finally
        {
            looks.ForEach(look => look.Forget());
        }
    }

    private static string FieldOf(int picture) => $"picture[{picture}]";

    private Task<EnrolmentLook> LookAsync(Upload picture, CancellationToken aborted) => requests.RunAsync<EnrolmentLook>(picture, async cancel =>
    {
        var models = await FileModel.AllForAsync(Models, catalogue, detectors, progress: null, cancel);
        var identifier = await detectors.GetIdentifierAsync(progress: null, cancel);
        return (file, stop) => EnrolmentLook.Take(file, models, identifier, PictureRequests.Limits, sandbox, stop);
    }, aborted);
}
