using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection.Decoders;

namespace LiveFace.Vision.Tests.Attributes;

/// <summary>What readers make of a model's outputs that are filled by hand.</summary>
public sealed class FaceReaderTests
{
    private readonly OutputTensor _ages = OutputTensor.Of("age", 1, 100);
    private readonly OutputTensor _gender = OutputTensor.Of("gender", 1, 1);
    private readonly OutputTensor _embedding = OutputTensor.Of("embedding", 1, 1024);

    [Fact]
    public void An_age_is_the_mean_and_its_range_holds_it()
    {
        (_ages.Values[30], _ages.Values[34], _ages.Values[38]) = (0.25f, 0.5f, 0.25f);
        _gender.Values[0] = 0.9f;
        var read = Read(looks: 1)!.Value;
        read.Age!.Value.Years.ShouldBe(34, 0.01);
        read.Age.Value.Low.ShouldBeLessThan(32);
        read.Age.Value.High.ShouldBeGreaterThan(36);
        (read.Gender!.Value.Value, read.Gender.Value.Certainty).ShouldBe((FaceGender.Male, 0.9f));
    }

    [Fact]
    public void Two_looks_that_are_added_up_count_as_their_mean()
    {
        (_ages.Values[20], _ages.Values[40]) = (1, 1);
        _gender.Values[0] = 0.1f + 0.06f;
        var read = Read(looks: 2)!.Value;
        read.Age!.Value.Years.ShouldBe(30, 0.01);
        read.Gender!.Value.Value.ShouldBe(FaceGender.Female);
        read.Gender.Value.Certainty.ShouldBe(0.92f, 0.001f);
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(0.6f)]
    [InlineData(0.4f)]
    public void A_gender_that_the_model_is_not_sure_of_is_unsure(float male)
    {
        _ages.Values[30] = 1;
        _gender.Values[0] = male;
        Read(looks: 1)!.Value.Gender!.Value.Value.ShouldBe(FaceGender.Unsure);
    }

    [Theory]
    [InlineData(float.NaN, 0.5f)]
    [InlineData(0f, 0.5f)]
    [InlineData(1f, float.NaN)]
    [InlineData(1f, 1.5f)]
    public void What_is_no_answer_is_nothing(float age, float male)
    {
        _ages.Values[30] = age;
        _gender.Values[0] = male;
        Read(looks: 1).ShouldBeNull();
    }

    [Fact]
    public void An_emotion_has_to_have_more_than_all_others_together()
    {
        string[] labels = ["angry", "happy", "neutral"];
        var scores = OutputTensor.Of("scores", 1, 3);
        var reader = new EmotionReader(new DecoderSetup("emotion", new InputSize(64, 64), 3, [scores]), labels);
        var read = new FaceReading();
        scores.Values[1] = 1.2f;
        scores.Values[2] = 0.8f;
        reader.Read([scores], 2, ref read).ShouldBeTrue();
        (read.Emotion!.Value.Value, read.Emotion.Value.Certainty).ShouldBe(("happy", 0.6f));
        (scores.Values[0], scores.Values[1]) = (0.4f, 0.9f);
        reader.Read([scores], 2, ref read).ShouldBeTrue();
        read.Emotion!.Value.Value.ShouldBeNull();
    }

    [Fact]
    public void Outputs_of_another_shape_are_refused_by_name()
    {
        var setup = new DecoderSetup("odd", new InputSize(224, 224), 1, [OutputTensor.Of("age", 1, 99), _gender]);
        Should.Throw<ModelRefusedException>(() => new FaceResReader(setup)).Message.ShouldContain("'odd'");
        Should.Throw<ModelRefusedException>(() => new EmotionReader(setup, ["a", "b"])).Message.ShouldContain("'odd'");
    }

    private FaceReading? Read(int looks)
    {
        OutputTensor[] outputs = [_ages, _gender, _embedding];
        var read = new FaceReading();
        return new FaceResReader(new DecoderSetup("faceres", new InputSize(224, 224), 1, outputs)).Read(outputs, looks, ref read) ? read : null;
    }
}
