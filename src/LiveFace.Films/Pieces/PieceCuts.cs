using LiveFace.Films.Boxes;
using LiveFace.Films.Rendering;
using LiveFace.Media.Ffmpeg;
using LiveFace.Redaction.Policy;

namespace LiveFace.Films.Pieces;

/// <summary>Where a film is cut into pieces.</summary>
internal static class PieceCuts
{
    /// <summary>What lies nearer to each other than this is not told apart by times of microseconds.</summary>
    private static readonly TimeSpan LeastGap = TimeSpan.FromMicroseconds(20);

    /// <summary>No time of a piece is negative, nor is that of its first packet, which lies a few pictures before.</summary>
    private const long FirstSecond = 10;

    /// <summary>Containers that count milliseconds round to them. In seconds.</summary>
    private const double MostJitter = 0.0016;

    /// <summary>Transport streams count up to 2³³ ticks of 90 kHz, which is more than 26 hours.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(26);

    /// <summary>Whether a film could be written in pieces at all.</summary>
    public static bool AreFor(RedactionPolicy policy, MediaTarget target) =>
        // Whoever is read has to be read from one picture to the next.
        MediaTarget.PieceOf(target.Container) is not null && !PolicySnapshot.Create(1, policy).GoesByAge && !RecordedPolicy.NeedsOnePass(policy);

    /// <summary>The first picture of each piece; null where the film is not cut.</summary>
    public static (List<int> Firsts, List<TimeSpan> At, long Shift)? Find(string boxes, FilmVault vault, MediaTarget target, TimeSpan length)
    {
        var at = new List<TimeSpan>();
        double rate;
        using (var reader = BoxFileReader.Open(boxes, vault))
        {
            rate = reader.Head.Film.FramesPerSecond;
            for (var picture = new BoxPicture(); reader.TryNext(picture);)
                at.Add(picture.At);
        }

        if (at.Count == 0 || at[^1] - at[0] > Longest)
            return null;
        // VP9 has a tick a picture (FfmpegWriterSettings), on which only a constant rate lies.
        if (MediaTarget.PieceOf(target.Container) == MediaContainer.Ivf && !IsConstant(at, rate))
            return null;
        var firsts = new List<int> { 0 };
        var next = at[0] + length;
        for (var i = 1; i < at.Count; i++)
        {
            // What is left at the end is not cut off alone.
            if (at[i] < next || at[i] - at[i - 1] < LeastGap || at[^1] - at[i] < length / 2)
                continue;
            firsts.Add(i);
            next = at[i] + length;
        }

        return firsts.Count < 2 ? null : (firsts, at, FirstSecond - (long)Math.Floor(at[0].TotalSeconds));
    }

    private static bool IsConstant(List<TimeSpan> at, double rate)
    {
        for (var i = 0; i < at.Count; i++)
            if (!(Math.Abs((at[i] - at[0]).TotalSeconds - i / rate) < MostJitter))
                return false;
        return true;
    }

    /// <summary>The times of a piece: from between its first picture and the one before on.</summary>
    public static FilmPart PartOf(List<int> firsts, List<TimeSpan> at, int piece)
    {
        return new FilmPart(piece == 0 ? null : Between(firsts[piece]), piece == firsts.Count - 1 ? null : Between(firsts[piece + 1]));

        TimeSpan Between(int first) => at[first - 1] + (at[first] - at[first - 1]) / 2;
    }
}
