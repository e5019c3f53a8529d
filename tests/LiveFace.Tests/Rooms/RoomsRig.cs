using System.Net;
using LiveFace.Features.Rooms;
using LiveFace.Media.Frames;
using LiveFace.Rooms;
using LiveFace.Rooms.Pipeline;
using LiveFace.Stickers;
using LiveFace.Storage;
using LiveFace.Tests.Telemetry;
using LiveFace.Vision.Detection;
using LiveFace.WebRtc;
using LiveFace.WebRtc.Endpoint;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveFace.Tests.Rooms;

/// <summary>All that a directory of real rooms stands on, with a database of its own and no models.</summary>
internal sealed class RoomsRig : IDisposable, IDetectorShelf
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveface-rooms-").FullName;
    private readonly FramePool _frames = new();

    public RoomsRig() => Database = new Database(Options.Create(new StorageOptions { Folder = _folder }));

    public Database Database { get; }

    /// <summary>Nothing is tried again by itself.</summary>
    public OwedWrites Owed { get; } = new(Faults.Sink, new ManualClock());

    /// <summary>Not started unless a test does so: without it rooms take nobody in.</summary>
    public RtcEndpoint Endpoint { get; } = new(new RtcEndpointOptions { Port = 0, BindAddresses = [IPAddress.Loopback] });

    public PolicyOptions Policies { get; } = new();

    public StickerShelf NewShelf() => new(Database, NullLogger<StickerShelf>.Instance);

    /// <summary>A server's rooms, as after a start. With <paramref name="measured"/> the machine's load counts, and there is some.</summary>
    public RoomDirectory Open(Action<RoomOptions>? change = null, bool measured = false) => new(Parts(change, measured));

    /// <summary>What such rooms share.</summary>
    public RoomParts Parts(Action<RoomOptions>? change = null, bool measured = false, IVideoCodecs? codecs = null)
    {
        var options = new RoomOptions();
        change?.Invoke(options);
        var clock = new ManualClock();
        var admission = new RoomAdmission(measured ? clock : TimeProvider.System, options.FullAt);
        if (measured)
        {
            clock.Advance(TimeSpan.FromSeconds(3));
            while (admission.Load == 0)
            {
                // The test itself is the load.
                clock.Advance(TimeSpan.FromSeconds(3));
                admission.Measure();
            }
        }

        var stored = new StoredPolicies(Database, Owed, TimeProvider.System);
        var moderated = new StoredModeration(Database, Owed);
        return new RoomParts(
            Endpoint, _frames, codecs ?? new LiveCodecs(), [RtcCodec.Vp8], this,
            Policies.Open(new RoomStore(stored, moderated)), new PolicyNames(RealModels.Catalogue.Models, () => []), NewShelf().Picture, options,
            admission, "CPU", TimeProvider.System, NullLogger.Instance, Faults.Sink.Report);
    }

    public void Dispose()
    {
        _frames.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    ShelfState IDetectorShelf.Find(string model, out IDetector? detector)
    {
        detector = null;
        return ShelfState.Missing;
    }
}
