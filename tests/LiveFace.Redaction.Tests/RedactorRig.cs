using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Redaction.Effects.Pictures;
using LiveFace.Redaction.FailClosed;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Masks;
using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection;
using LiveFace.Vision.Tracking;

namespace LiveFace.Redaction.Tests;
/// <summary>A redactor with a scripted sight, and a textured picture that shows what was changed.</summary>
public abstract class RedactorRig : IDisposable
{
    protected const int Width = 320;
    protected const int Height = 240;
    protected static BoxF Face { get; } = new(100, 80, 140, 130);
    protected static string[] FaceLabels { get; } = ["face"];
    protected static string[] ObjectLabels { get; } = ["person", "dog", "cup"];

    protected FramePool Pool { get; } = new();
    private protected ScriptedSight Sight { get; } = new();
    protected Redactor Redactor { get; }
    protected FrameTracks Tracks { get; } = new();
    protected int[] LeftAlone { get; set; } = [];
    protected (int Track, int Age)[] Older { get; set; } = [];
    protected (int Track, string Person)[] Known { get; set; } = [];
    protected TimeSpan Now { get; set; } = TimeSpan.FromSeconds(10);

    protected RedactorRig()
    {
        Sight.Add("faces", FaceLabels);
        Redactor = new Redactor(Pool, stickers: null, sessionSeed: 7);
    }

    protected VisionState Vision => Sight.State;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Redactor.Dispose();
        Sight.Dispose();
        Pool.Outstanding.ShouldBe(0);
        Pool.Dispose();
    }

    protected static RedactionPolicy Except(int track) =>
        new() { Rules = [new PolicyRule { When = new() { ExceptTrackIds = [track] } }] };

    protected Track Track(int id, BoxF box, int source = 0, int label = 0) =>
        new(id, source, label, 0.9f, box, box, 0, 0, Now, TimeSpan.Zero, Coasting: false);

    protected FrameMark Mark()
    {
        Now += TimeSpan.FromMilliseconds(33);
        using var frame = Picture();
        return Sight.Follow(frame, Now);
    }

    protected FrameMark Seen(string model, params DetectedObject[] objects)
    {
        Now += TimeSpan.FromMilliseconds(33);
        using var frame = Picture();
        var mark = Sight.Follow(frame, Now);
        Sight.Look(frame, model, objects);
        return mark;
    }

    protected VideoFrame Redact(RedactionPolicy policy, FrameMark mark, params Track[] tracks) =>
        Redact(policy, mark, ReadOnlySpan<FrameTracks>.Empty, tracks);

    protected VideoFrame Redact(RedactionPolicy policy, FrameMark mark, ReadOnlySpan<FrameTracks> later, params Track[] tracks)
    {
        var frame = Picture();
        Tracks.Set(mark, frame, tracks);
        foreach (var track in LeftAlone)
            Tracks.LeaveAlone(track);
        foreach (var (track, age) in Older)
            Tracks.Tell(track, new FaceReading(new AgeReading(age + 5, age + 1, age + 9), null, null), age);
        foreach (var (track, person) in Known)
            Tracks.Know(track, person);
        Redactor.Redact(frame, PolicySnapshot.Create(1, policy), Vision, Tracks, later).Picture.ShouldBeSameAs(frame);
        return frame;
    }

    // Fine texture everywhere, so that every kind of hiding changes nearly every pixel.
    protected static byte Texture(int x, int y) => (byte)(((x * 73 + y * 151) ^ (x * y)) & 1) == 0 ? (byte)30 : (byte)220;

    protected VideoFrame Picture()
    {
        var frame = Pool.Rent(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            var row = frame.RowY(y);
            for (var x = 0; x < Width; x++)
                row[x] = Texture(x, y);
        }

        for (var y = 0; y < frame.ChromaHeight; y++)
        {
            frame.RowU(y).Fill(90);
            frame.RowV(y).Fill(160);
        }

        return frame;
    }

    protected static double Changed(VideoFrame frame, BoxF box)
    {
        int changed = 0, all = 0;
        for (var y = (int)box.Top; y < (int)box.Bottom; y++)
            for (var x = (int)box.Left; x < (int)box.Right; x++, all++)
                if (frame.RowY(y)[x] != Texture(x, y))
                    changed++;
        return changed / (double)all;
    }

    protected static int ChangedPixels(VideoFrame frame) =>
        (int)Math.Round(Changed(frame, new BoxF(0, 0, Width, Height)) * Width * Height);

    // Nothing of the texture's two levels is left in any place where it could be told from the other.
    protected static bool IsCovered(VideoFrame frame)
    {
        var same = 0;
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                if (frame.RowY(y)[x] == Texture(x, y))
                    same++;
        return same < Width * Height / 100;
    }
}
