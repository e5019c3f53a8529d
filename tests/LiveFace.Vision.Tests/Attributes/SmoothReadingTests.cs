using LiveFace.Vision.Attributes;

namespace LiveFace.Vision.Tests.Attributes;

public sealed class SmoothReadingTests
{
    private readonly SmoothReading _smooth = new();

    [Fact]
    public void Many_looks_make_an_age_steadier_and_its_range_no_narrower()
    {
        var random = new Random(5);
        var (single, together) = (new List<float>(), new List<float>());
        for (var i = 0; i < 400; i++)
        {
            var years = 35 + 8 * (random.NextSingle() - 0.5f);
            _smooth.Add(new FaceReading(new AgeReading(years, years - 7, years + 9), null, null));
            single.Add(years);
            if (i > 20)
                together.Add(_smooth.Value.Age!.Value.Years);
        }

        Spread(together).ShouldBeLessThan(Spread(single) / 2);
        together.Average().ShouldBe(35, 1);
        var age = _smooth.Value.Age!.Value;
        (age.High - age.Low).ShouldBe(16, 0.01f);
        _smooth.Ages.ShouldBe(400);
    }

    [Fact]
    public void A_gender_is_unsure_until_the_looks_together_are_sure_and_when_they_no_longer_agree()
    {
        FaceGender Next(float male)
        {
            _smooth.Add(new FaceReading(null, new GenderReading(FaceGender.Unsure, Math.Max(male, 1 - male), male > 0.5f), null));
            return _smooth.Value.Gender!.Value.Value;
        }

        Next(0.6f).ShouldBe(FaceGender.Unsure);
        for (var i = 0; i < 20; i++)
            Next(0.97f);
        Next(0.97f).ShouldBe(FaceGender.Male);
        Next(0.02f);
        Next(0.02f).ShouldBe(FaceGender.Unsure);
        for (var i = 0; i < 20; i++)
            Next(0.02f);
        Next(0.02f).ShouldBe(FaceGender.Female);
    }

    [Fact]
    public void An_emotion_follows_the_face_within_a_few_looks_and_is_unsure_between()
    {
        string? Next(string label)
        {
            _smooth.Add(new FaceReading(null, null, new EmotionReading(label, 0.9f, label)));
            return _smooth.Value.Emotion!.Value.Value;
        }

        Next("neutral").ShouldBe("neutral");
        Next("neutral");
        (Next("happy") is null or "happy").ShouldBeTrue();
        Next("happy").ShouldBe("happy");
        for (var i = 0; i < 40; i++)
            Next($"label {i}");
        Next("happy");
        Next("happy").ShouldBe("happy", "however many labels a model has");
    }

    [Theory]
    [InlineData(float.NaN, 20, 30)]
    [InlineData(25, float.NegativeInfinity, 30)]
    [InlineData(25, 20, float.PositiveInfinity)]
    public void What_is_no_number_spoils_nothing_and_is_no_reading(float years, float low, float high)
    {
        _smooth.Add(new FaceReading(new AgeReading(30, 25, 35), null, null));
        _smooth.Add(new FaceReading(new AgeReading(years, low, high), new GenderReading(FaceGender.Male, float.NaN, true), new EmotionReading(null, float.NaN, "happy")));
        _smooth.Value.ShouldBe(new FaceReading(new AgeReading(30, 25, 35), null, null));
        _smooth.LastAge.ShouldBeNull();
        _smooth.Ages.ShouldBe(1);
    }

    [Fact]
    public void Nothing_is_left_of_it_when_it_is_cleared()
    {
        _smooth.Add(new FaceReading(new AgeReading(30, 25, 35), new GenderReading(FaceGender.Male, 0.9f, true), new EmotionReading("happy", 0.9f, "happy")));
        _smooth.Clear();
        (_smooth.Value, _smooth.Ages, _smooth.LastAge).ShouldBe((default, 0, null));
        _smooth.Add(new FaceReading(new AgeReading(60, 50, 70), null, null));
        _smooth.Value.ShouldBe(new FaceReading(new AgeReading(60, 50, 70), null, null));
    }

    private static float Spread(List<float> values)
    {
        var mean = values.Average();
        return MathF.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
