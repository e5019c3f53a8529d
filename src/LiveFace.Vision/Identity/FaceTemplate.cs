using System.Buffers.Binary;
using System.Numerics.Tensors;

namespace LiveFace.Vision.Identity;

/// <summary>
/// What is kept of somebody who agreed to be known again: the mean direction of looks at several pictures. It only compares
/// with one look at a time; nothing here goes through several people. Whoever keeps it encrypts it.
/// </summary>
public sealed class FaceTemplate
{
    /// <summary>The bytes of one.</summary>
    public const int Bytes = sizeof(float) * FaceEmbedding.Length;

    private readonly float[] _mean = new float[FaceEmbedding.Length];

    private FaceTemplate()
    {
    }

    /// <summary>The mean of looks at one person.</summary>
    /// <exception cref="ArgumentException">There is no look, or they have no common direction.</exception>
    public static FaceTemplate Of(IReadOnlyList<FaceEmbedding> looks)
    {
        ArgumentNullException.ThrowIfNull(looks);
        var template = new FaceTemplate();
        foreach (var look in looks)
            TensorPrimitives.Add(template._mean, look.Values, template._mean);
        return template.TryNormalise() ? template : throw new ArgumentException("The looks have no direction in common.", nameof(looks));
    }

    /// <summary>One that was kept; null for what is none.</summary>
    public static FaceTemplate? TryRead(ReadOnlySpan<byte> kept)
    {
        if (kept.Length != Bytes)
            return null;
        var template = new FaceTemplate();
        for (var i = 0; i < FaceEmbedding.Length; i++)
            template._mean[i] = BinaryPrimitives.ReadSingleLittleEndian(kept[(sizeof(float) * i)..]);
        return template.TryNormalise() ? template : null;
    }

    /// <summary>The bytes, to be encrypted and overwritten.</summary>
    public byte[] ToBytes()
    {
        var kept = new byte[Bytes];
        for (var i = 0; i < FaceEmbedding.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(kept.AsSpan(sizeof(float) * i), _mean[i]);
        return kept;
    }

    /// <summary>How alike a look is: about one for another look at the person, about zero for strangers.</summary>
    public float Likeness(FaceEmbedding seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        return TensorPrimitives.Dot<float>(_mean, seen.Values);
    }

    /// <summary>Overwrites the numbers; nobody is like them from then on, whoever still holds them.</summary>
    public void Forget() => _mean.AsSpan().Clear();

    private bool TryNormalise()
    {
        var length = TensorPrimitives.Norm<float>(_mean);
        if (!float.IsFinite(length) || length < 1e-3f)
            return false;
        TensorPrimitives.Divide(_mean, length, _mean);
        return true;
    }
}
