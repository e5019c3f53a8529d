using LiveFace.Features.Collections.State;
using LiveFace.Features.Files;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Http;
using LiveFace.Media.Sandbox;
using LiveFace.Vision.Embeddings;
using LiveFace.Vision.Loading;
using LiveFace.Vision.Models;
using Microsoft.Extensions.Options;

namespace LiveFace.Features.Collections;

/// <summary>Makes vectors of pictures that are kept nowhere. The model is loaded when it is first needed.</summary>
internal sealed class PictureVectors(PictureRequests requests, ModelCatalogue catalogue, Detectors detectors, DecoderSandbox sandbox, IOptions<CollectionsOptions> options) : IDisposable
{
    private readonly Lock _lock = new();
    private ObjectEmbedder? _embedder;

    /// <summary>What the main object of a request's picture looks like.</summary>
    /// <exception cref="ProblemException">The picture is refused: a face or a person is in it, say; or the model is not here.</exception>
    public async Task<float[]> ReadAsync(HttpContext context)
    {
        var look = await requests.RunAsync<ObjectLook>(context, async cancel =>
        {
            var models = await FileModel.AllForAsync(PictureFraming.Models, catalogue, detectors, progress: null, cancel);
            var embedder = Embedder();
            return (file, stop) => ObjectLook.Take(file, models, embedder, PictureRequests.Limits, sandbox, stop);
        });
        return look.Vector ?? throw RequestBody.Invalid("picture", look.Problem!);
    }

    public void Dispose() => _embedder?.Dispose();

    private ObjectEmbedder Embedder()
    {
        lock (_lock)
            return _embedder ??= ObjectEmbedder.Open(options.Value.Model ?? Path.Combine(catalogue.Folder, "resnet18.onnx"));
    }
}
