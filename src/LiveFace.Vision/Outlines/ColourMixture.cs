using System.Numerics;

namespace LiveFace.Vision.Outlines;

/// <summary>How likely colours are in a part of a picture: a mixture of five normal distributions.</summary>
internal sealed class ColourMixture
{
    private const int Most = 5, Rounds = 8;

    private readonly ColourCloud[] _clouds = new ColourCloud[Most];
    private int _count;

    /// <summary>Begins with groups of like colours (k-means from the colours that lie farthest from one another).</summary>
    public void Begin(ReadOnlySpan<Vector3> colours)
    {
        Span<Vector3> centres = stackalloc Vector3[Most];
        _count = Spread(colours, centres);
        Span<Vector3> sums = stackalloc Vector3[Most];
        Span<int> counts = stackalloc int[Most];
        for (var round = 0; round < Rounds; round++)
        {
            sums.Clear();
            counts.Clear();
            foreach (var colour in colours)
            {
                var nearest = Nearest(colour, centres[.._count]);
                sums[nearest] += colour;
                counts[nearest]++;
            }

            for (var i = 0; i < _count; i++)
                if (counts[i] > 0)
                    centres[i] = sums[i] / counts[i];
        }

        Span<ColourSums> groups = stackalloc ColourSums[Most];
        foreach (var colour in colours)
            groups[Nearest(colour, centres[.._count])].Add(colour);
        Take(groups[.._count], colours.Length);
    }

    /// <summary>Learns from the colours as it sees them now.</summary>
    public void Learn(ReadOnlySpan<Vector3> colours)
    {
        Span<ColourSums> groups = stackalloc ColourSums[Most];
        foreach (var colour in colours)
        {
            var (best, most) = (0, float.MinValue);
            for (var i = 0; i < _count; i++)
                if (_clouds[i].LogLikelihood(colour) is var likely && likely > most)
                    (best, most) = (i, likely);
            groups[best].Add(colour);
        }

        Take(groups[.._count], colours.Length);
    }

    /// <summary>The logarithm of how likely a colour is.</summary>
    public float LogLikelihood(Vector3 colour)
    {
        Span<float> each = stackalloc float[Most];
        var most = float.MinValue;
        for (var i = 0; i < _count; i++)
            most = MathF.Max(most, each[i] = _clouds[i].LogLikelihood(colour));
        var sum = 0f;
        for (var i = 0; i < _count; i++)
            sum += MathF.Exp(each[i] - most);
        return most + MathF.Log(sum);
    }

    private void Take(ReadOnlySpan<ColourSums> groups, int all)
    {
        _count = 0;
        foreach (ref readonly var group in groups)
            if (group.Count > 0)
                _clouds[_count++] = group.ToCloud(all);
    }

    /// <summary>The first colour, then each time the one that is farthest from those chosen; as many as differ.</summary>
    private static int Spread(ReadOnlySpan<Vector3> colours, Span<Vector3> centres)
    {
        centres[0] = colours[0];
        for (var count = 1; count < Most; count++)
        {
            var (farthest, most) = (0, 1f);
            for (var i = 0; i < colours.Length; i++)
                if (Vector3.DistanceSquared(colours[i], centres[Nearest(colours[i], centres[..count])]) is var far && far > most)
                    (farthest, most) = (i, far);
            if (most == 1)
                return count;
            centres[count] = colours[farthest];
        }

        return Most;
    }

    private static int Nearest(Vector3 colour, ReadOnlySpan<Vector3> centres)
    {
        var (best, least) = (0, float.MaxValue);
        for (var i = 0; i < centres.Length; i++)
            if (Vector3.DistanceSquared(colour, centres[i]) is var far && far < least)
                (best, least) = (i, far);
        return best;
    }
}
