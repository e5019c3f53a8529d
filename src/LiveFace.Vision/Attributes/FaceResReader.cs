using LiveFace.Vision.Detection.Decoders;

namespace LiveFace.Vision.Attributes;

/// <summary>
/// FaceRes: how likely each of a hundred ages is, and how male the face looks. Its third output, by which faces could be told
/// apart, is never read.
/// </summary>
internal sealed class FaceResReader : IFaceReader
{
    private const int Ages = 100;

    // Below it the model is right too rarely; docs/reference/models.md has what both sides of it are worth.
    public const float LeastCertainty = 0.8f;

    // One in ten lies below the range and one above it; the model's own spread is too wide by this.
    private const float Outside = 0.1f, Part = 0.8f;

    private readonly int _ages;
    private readonly int _gender;

    public FaceResReader(DecoderSetup setup)
    {
        _ages = setup.Find(o => o.Values.Length == Ages, $"an output of {Ages} ages");
        _gender = setup.Find(o => o.Values.Length == 1, "an output of one number");
    }

    public bool Read(IReadOnlyList<OutputTensor> outputs, int looks, ref FaceReading reading)
    {
        var (ages, male) = (outputs[_ages].Values, outputs[_gender].Values[0] / looks);
        float sum = 0, squares = 0, mean = 0;
        for (var age = 0; age < Ages; age++)
        {
            // The mean of the squares: that of the ages themselves is drawn to the middle of all ages.
            var square = ages[age] * ages[age];
            sum += ages[age];
            squares += square;
            mean += age * square;
        }

        // Written so that what is not a number is refused too.
        if (!(sum > 0 && squares > 0 && float.IsFinite(mean) && male is >= 0 and <= 1))
            return false;
        var years = mean / squares;
        reading = reading with
        {
            Age = new AgeReading(
                years, MathF.Max(0, years - Part * MathF.Max(0, years - Quantile(ages, sum * Outside))),
                years + Part * MathF.Max(0, Quantile(ages, sum * (1 - Outside)) - years)),
            Gender = GenderReading.Of(male, LeastCertainty),
        };
        return true;
    }

    /// <summary>The age below which so much of the sum lies.</summary>
    private static float Quantile(float[] ages, float part)
    {
        for (var age = 0; age < Ages; age++)
        {
            if (ages[age] >= part)
                return age - 0.5f + part / MathF.Max(ages[age], 1e-9f);
            part -= ages[age];
        }

        return Ages - 1;
    }
}
