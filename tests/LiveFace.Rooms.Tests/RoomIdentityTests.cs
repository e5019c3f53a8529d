using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Rooms.Pipeline;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Identity;
using LiveFace.Vision.Inference;
using LiveFace.Vision.Models.Preparation;
using LiveFace.Vision.Tracking;

namespace LiveFace.Rooms.Tests;

/// <summary>Real looks at a real face, beside the picture: NASA's astronaut.png of Debian's python3-skimage.</summary>
public sealed class RoomIdentityTests : IDisposable
{
    private static readonly BoxF Face = new(174, 66, 274, 196);
    private static readonly PolicySnapshot Exempting = PolicySnapshot.Create(
        1, new() { Rules = [new PolicyRule { When = new() { ExceptTrackIds = [1] } }] });

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FramePool _pool = new();
    private readonly FrameMarks _marks = new();
    private readonly VisionState _vision = new();
    private readonly FrameTracks _tracks = new();
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Somebody_exempt_is_shown_once_known_and_hidden_when_another_face_comes_in_their_place()
    {
        using var identity = new RoomIdentity("a", new IdentityShelf(await IdentifierAsync()));
        using var me = await PictureAsync();
        _vision.Add("faces", await RealModels.FacesAsync());
        // Somebody else: the same picture turned upside down has no face where mine was.
        using var other = Turned(me);

        IsHidden(identity, me).ShouldBeTrue("before anybody has looked");
        Until(() => !IsHidden(identity, me)).ShouldBeTrue();
        Until(() => IsHidden(identity, other)).ShouldBeTrue();
        for (var i = 0; i < 3000; i++)
            IsHidden(identity, other).ShouldBeTrue();
    }

    [Fact]
    public async Task Somebody_enrolled_is_shown_and_hidden_with_the_next_frame_when_they_withdraw()
    {
        using var me = await PictureAsync();
        _vision.Add("faces", await RealModels.FacesAsync());
        var identifier = await IdentifierAsync();
        using var lane = identifier.OpenLane();
        lane.Sample(me, Face).ShouldBeTrue();
        lane.Infer().ShouldBeTrue();
        var shelf = new IdentityShelf(identifier) { Enrolled = FaceTemplate.Of([lane.Seen]) };
        using var identity = new RoomIdentity("a", shelf);
        var naming = PolicySnapshot.Create(1, new() { Rules = [new PolicyRule { When = new() { ExceptPeople = ["ada"] } }] });

        Until(() => IsKnown(identity, me, naming)).ShouldBeTrue();
        shelf.Asked.ShouldBe([("ada", "a")]);
        shelf.Enrolled = null;
        for (var i = 0; i < 1000; i++)
            IsKnown(identity, me, naming).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_the_models_nobody_is_exempt()
    {
        using var identity = new RoomIdentity("a", new IdentityShelf(null));
        using var me = await PictureAsync();
        _vision.Add("faces", await RealModels.FacesAsync());

        for (var i = 0; i < 200; i++)
            IsHidden(identity, me).ShouldBeTrue();
    }

    public void Dispose() => _pool.Dispose();

    /// <summary>One frame more. Its clock goes a tenth of a millisecond, so that no machine is too slow for a look to count.</summary>
    private bool IsHidden(RoomIdentity identity, VideoFrame picture)
    {
        _now += TimeSpan.FromMilliseconds(0.1);
        var mark = _marks.Add(picture, _now);
        _tracks.Set(mark, picture, [new Track(1, 0, 0, 0.9f, Face, Face, 0, 0, mark.EpochBegan, TimeSpan.Zero, Coasting: false)]);
        identity.See(picture, _tracks, Exempting, _vision);
        return !_tracks.IsLeftAlone(1);
    }

    private bool IsKnown(RoomIdentity identity, VideoFrame picture, PolicySnapshot policy)
    {
        // The looks of somebody enrolled are a while apart.
        _now += TimeSpan.FromMilliseconds(1);
        var mark = _marks.Add(picture, _now);
        _tracks.Set(mark, picture, [new Track(1, 0, 0, 0.9f, Face, Face, 0, 0, mark.EpochBegan, TimeSpan.Zero, Coasting: false)]);
        identity.See(picture, _tracks, policy, _vision);
        return _tracks.PersonOf(1) == "ada";
    }

    private static bool Until(Func<bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                return false;
            Thread.Yield();
        }

        return true;
    }

    private static async Task<FaceIdentifier> IdentifierAsync()
    {
        using var preparation = new ModelPreparation(RealModels.Catalogue, TimeProvider.System);
        using var sessions = new InferenceSessions(RealModels.Catalogue, preparation, new InferenceOptions { Device = "cpu" });
        return await FaceIdentifier.OpenAsync(RealModels.Catalogue, sessions, progress: null, TestContext.Current.CancellationToken);
    }

    private async Task<VideoFrame> PictureAsync() => ImageFile.Decode(await File.ReadAllBytesAsync(
        Portrait.Path, TestContext.Current.CancellationToken), _pool);

    private VideoFrame Turned(VideoFrame picture)
    {
        var turned = _pool.Rent(picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
            picture.RowY(y).CopyTo(turned.RowY(picture.Height - 1 - y));
        for (var y = 0; y < picture.ChromaHeight; y++)
        {
            picture.RowU(y).CopyTo(turned.RowU(picture.ChromaHeight - 1 - y));
            picture.RowV(y).CopyTo(turned.RowV(picture.ChromaHeight - 1 - y));
        }

        return turned;
    }
}
