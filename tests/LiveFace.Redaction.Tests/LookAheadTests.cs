using LiveFace.Media.Frames;
using LiveFace.Redaction.Looks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests;

/// <summary>A face that moves and is found late is hidden, in the frames before, where it was.</summary>
public sealed class LookAheadTests : IDisposable
{
    private const int Side = 48;
    private const int Found = 3;
    private static readonly PolicySnapshot Policy = PolicySnapshot.Create(1, new RedactionPolicy
    {
        LookAheadFrames = Found, Rules = [new PolicyRule { How = new RuleHow { Effect = RuleEffect.Solid } }],
    });

    private readonly FramePool _pool = new();
    private readonly ScriptedSight _sight = new();
    private readonly List<(VideoFrame Picture, FrameTracks Tracks)> _frames = [];

    public LookAheadTests() => _sight.Add("faces", "face");

    public void Dispose()
    {
        foreach (var (picture, _) in _frames)
            picture.Dispose();
        _sight.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [InlineData(0, 0.9f)]
    [InlineData(16, 0.9f)]
    [InlineData(-16, 0.9f)]
    [InlineData(16, 0.4f)]
    public void It_is_hidden_where_it_was(int step, float score)
    {
        for (var i = 0; i <= Found; i++)
            Send(i, step, i == Found ? score : null);
        using var redactor = new Redactor(_pool);
        var later = _frames.Skip(1).Select(frame => frame.Tracks).ToArray();
        var shown = _frames[0].Picture;
        redactor.Redact(shown, Policy, _sight.State, _frames[0].Tracks, later);
        redactor.Decision.IsCovered.ShouldBeFalse();
        Hidden(shown, Face(0, step)).ShouldBeGreaterThan(0.98);

        // A mask as large as the way would hide it as well.
        Hidden(shown, new BoxF(0, 0, shown.Width, shown.Height)).ShouldBeLessThan(0.22);
    }

    [Fact]
    public void What_is_not_to_be_seen_on_the_way_is_hidden_where_it_is_found_and_grown()
    {
        for (var i = 0; i <= Found; i++)
            Send(i, step: 0, i == Found ? 0.9f : null, isThere: i == Found);
        using var redactor = new Redactor(_pool);
        var later = _frames.Skip(1).Select(frame => frame.Tracks).ToArray();
        redactor.Redact(_frames[0].Picture, Policy, _sight.State, _frames[0].Tracks, later);
        Hidden(_frames[0].Picture, Face(Found, 0).Grow(0.4f)).ShouldBeGreaterThan(0.9);
    }

    private static BoxF Face(int index, int step) => new(136 + index * step, 96, 136 + index * step + Side, 96 + Side);

    private void Send(int index, int step, float? score, bool isThere = true)
    {
        var picture = _pool.Rent(320, 240);
        FrameCopy.Fill(picture, 128, 128, 128);
        var face = Face(index, step);
        for (var y = 0; y < picture.Height; y++)
        {
            var row = picture.RowY(y);
            for (var x = 0; x < row.Length; x++)
            {
                var (left, top) = (x - (int)face.Left, y - (int)face.Top);
                var isFace = isThere && left >= 0 && top >= 0 && left < Side && top < Side;
                row[x] = isFace ? Pattern(left / 6, top / 6, 1) : Pattern(x / 12, y / 12, 2);
            }
        }

        var mark = _sight.Follow(picture, TimeSpan.FromSeconds(1) + index * TimeSpan.FromMilliseconds(33));
        _sight.Look(picture, "faces", score is { } sure ? [new DetectedObject(face, 0, sure)] : []);
        var tracks = new FrameTracks();
        tracks.Set(_sight.Pipeline, picture, waits: true);
        tracks.Mark.ShouldBe(mark);
        _frames.Add((picture, tracks));
    }

    private static byte Pattern(int x, int y, int seed)
    {
        var hash = (uint)(x * 73856093) ^ (uint)(y * 19349663) ^ (uint)(seed * 83492791);
        hash = (hash ^ (hash >> 13)) * 1274126177u;
        return (byte)(50 + (hash ^ (hash >> 16)) % 180);
    }

    /// <summary>Which part of a box is painted in solid black.</summary>
    private static double Hidden(VideoFrame frame, BoxF box)
    {
        int hidden = 0, all = 0;
        for (var y = (int)box.Top; y < (int)box.Bottom; y++)
            for (var x = (int)box.Left; x < (int)box.Right; x++, all++)
                if (frame.RowY(y)[x] < 40)
                    hidden++;
        return hidden / (double)all;
    }
}
