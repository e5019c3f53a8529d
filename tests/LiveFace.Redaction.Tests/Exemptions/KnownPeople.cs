using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Redaction.Tests.Exemptions;

/// <summary>
/// Real faces, looked at by the real models: astronaut.png of Debian's python3-skimage (in the public domain), and
/// pictures of its lfw_subset.npy (25 by 25 points).
/// </summary>
public sealed class KnownPeople : IAsyncLifetime
{
    private readonly FramePool _pool = new();
    private readonly Dictionary<string, FaceEmbedding> _seen = [];

    public FaceEmbedding Anna => _seen["anna"];

    public FaceEmbedding AnnaLater => _seen["anna later"];

    public FaceEmbedding Berta => _seen["berta"];

    public async ValueTask InitializeAsync()
    {
        var catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(null));
        using var preparation = new ModelPreparation(catalogue, TimeProvider.System);
        using var sessions = new InferenceSessions(catalogue, preparation, new InferenceOptions { Device = "cpu" });
        var identifier = await FaceIdentifier.OpenAsync(catalogue, sessions, progress: null, TestContext.Current.CancellationToken);
        using var lane = identifier.OpenLane();
        using var astronaut = ImageFile.Decode(await File.ReadAllBytesAsync(
            Portrait.Path, TestContext.Current.CancellationToken), _pool);
        Look("anna", astronaut, new BoxF(174, 66, 274, 196));
        // Another look at the same person: smaller, cut out elsewhere, brighter.
        using var smaller = _pool.Rent(400, 400);
        new FrameScaler().Scale(astronaut, smaller);
        for (var y = 0; y < smaller.Height; y++)
            foreach (ref var level in smaller.RowY(y))
                level = (byte)Math.Min(235, level + 15);
        Look("anna later", smaller, new BoxF(140, 54, 216, 150));
        using var other = LfwPictures.Read(_pool, 3, side: 200);
        Look("berta", other, new BoxF(20, 10, 180, 190));

        void Look(string name, VideoFrame frame, BoxF box)
        {
            lane.Sample(frame, box).ShouldBeTrue(name);
            lane.Infer().ShouldBeTrue(name);
            _seen[name] = lane.Seen.Copy();
        }
    }

    public ValueTask DisposeAsync()
    {
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }
}
