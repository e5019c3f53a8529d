using System.Numerics.Tensors;

namespace LiveFace.Vision.Identity;

/// <summary>
/// Who a face is, as numbers of length one that only compare. Nobody but this assembly can make one, so a likeness is
/// always one of two faces that were looked at. It describes a person: it stays in memory, is never written, and is
/// forgotten when it is no longer needed. What is kept of people who agreed to it is a <see cref="FaceTemplate"/>.
/// </summary>
public sealed class FaceEmbedding
{
    /// <summary>How many numbers.</summary>
    internal const int Length = 128;

    private readonly float[] _values = new float[Length];

    internal ReadOnlySpan<float> Values => _values;

    internal FaceEmbedding()
    {
    }

    /// <summary>How alike two faces are: one for the same picture, about zero for strangers.</summary>
    public float Likeness(FaceEmbedding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return TensorPrimitives.Dot<float>(_values, other._values);
    }

    /// <summary>A copy that outlives the next look.</summary>
    public FaceEmbedding Copy()
    {
        var copy = new FaceEmbedding();
        _values.CopyTo(copy._values, 0);
        return copy;
    }

    /// <summary>Overwrites the numbers; they are like nobody's from then on.</summary>
    public void Forget() => _values.AsSpan().Clear();

    /// <summary>Takes what a model gave. False for what is no direction: not finite, or nothing at all.</summary>
    internal bool TrySet(ReadOnlySpan<float> values)
    {
        var length = TensorPrimitives.Norm(values);
        if (!float.IsFinite(length) || length < 1e-6f)
        {
            Forget();
            return false;
        }

        TensorPrimitives.Divide(values, length, _values);
        return true;
    }
}
