using System.Numerics;

namespace LiveFace.Vision.Outlines;

/// <summary>One normal distribution of colours, with its share of the mixture.</summary>
internal readonly struct ColourCloud
{
    private readonly Vector3 _mean;
    private readonly Vector3 _squares;
    private readonly Vector3 _products;
    private readonly float _most;

    /// <summary>From a mean and a symmetric covariance: aa, bb, cc and ab, ac, bc.</summary>
    public ColourCloud(Vector3 mean, Vector3 own, Vector3 shared, float share)
    {
        _mean = mean;
        var (a, b, c) = (own.X, own.Y, own.Z);
        var (ab, ac, bc) = (shared.X, shared.Y, shared.Z);
        var determinant = a * (b * c - bc * bc) - ab * (ab * c - bc * ac) + ac * (ab * bc - b * ac);
        _squares = new Vector3(b * c - bc * bc, a * c - ac * ac, a * b - ab * ab) / determinant;
        // Each counts twice in the product.
        _products = 2 * new Vector3(ac * bc - ab * c, ab * bc - ac * b, ab * ac - bc * a) / determinant;
        _most = MathF.Log(share) - 0.5f * MathF.Log(determinant);
    }

    public float LogLikelihood(Vector3 colour)
    {
        var d = colour - _mean;
        return _most - 0.5f * (Vector3.Dot(_squares, d * d) + Vector3.Dot(_products, new Vector3(d.X * d.Y, d.X * d.Z, d.Y * d.Z)));
    }
}

/// <summary>What a cloud is made from: sums over its colours.</summary>
internal struct ColourSums
{
    // A camera's noise; it also keeps a cloud of one colour from being endlessly sure.
    private const double LeastSpread = 2;

    private double _a, _b, _c, _aa, _bb, _cc, _ab, _ac, _bc;

    public int Count { get; private set; }

    public void Add(Vector3 colour)
    {
        double a = colour.X, b = colour.Y, c = colour.Z;
        (_a, _b, _c) = (_a + a, _b + b, _c + c);
        (_aa, _bb, _cc) = (_aa + a * a, _bb + b * b, _cc + c * c);
        (_ab, _ac, _bc) = (_ab + a * b, _ac + a * c, _bc + b * c);
        Count++;
    }

    public readonly ColourCloud ToCloud(int all)
    {
        var (a, b, c) = (_a / Count, _b / Count, _c / Count);
        return new ColourCloud(
            new Vector3((float)a, (float)b, (float)c),
            new Vector3((float)(_aa / Count - a * a + LeastSpread), (float)(_bb / Count - b * b + LeastSpread), (float)(_cc / Count - c * c + LeastSpread)),
            new Vector3((float)(_ab / Count - a * b), (float)(_ac / Count - a * c), (float)(_bc / Count - b * c)),
            (float)Count / all);
    }
}
