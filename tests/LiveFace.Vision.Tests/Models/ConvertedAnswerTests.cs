using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Models;

/// <summary>What converted models answer to pictures of a face.</summary>
public sealed class ConvertedAnswerTests
{
    private const string Pictures = "/usr/lib/python3/dist-packages/skimage/data/";

    // The astronaut's face in astronaut.png: from (175, 75) to (272, 178).
    private const double FaceX = 222, FaceY = 135, FaceSize = 150;

    [Fact]
    public async Task A_portrait_of_a_woman_of_about_thirty_five_is_that_of_a_grown_woman()
    {
        using var session = new InferenceSession(await Repository.ModelAsync("faceres"));

        var outputs = OnePass.Run(session, [1, 3, 224, 224], Face(224).Planes([0, 0, 0], [1, 1, 1]));

        var ages = outputs["age_pred/Softmax"];
        ages.Sum().ShouldBe(1, 1e-3f);
        ages.Select((share, age) => share * age).Sum().ShouldBeInRange(22, 50);
        outputs["gender_pred/Sigmoid"][0].ShouldBeLessThan(0.4f);
    }

    [Fact]
    public async Task Two_pictures_of_one_face_are_nearer_to_each_other_than_to_a_cat()
    {
        using var session = new InferenceSession(await Repository.ModelAsync("faceres"));
        float[] Embed(TestPicture picture) => OnePass.Run(session, [1, 3, 224, 224], picture.Planes([0, 0, 0], [1, 1, 1]))["global_pooling/Mean"];
        var astronaut = TestPicture.Astronaut();

        var one = Embed(Face(224));
        var darker = Embed(new TestPicture(224, 224, [.. astronaut.Crop(150, 62, 297, 209, 224, 224).Rgb.Select(value => (byte)(value * 0.85))]));
        var cat = Embed(TestPicture.Read(Pictures + "chelsea.png").Crop(130, 40, 330, 240, 224, 224));

        Likeness(one, darker).ShouldBeGreaterThan(Likeness(one, cat) + 0.1f);
    }

    [Fact]
    public async Task A_smile_is_happy()
    {
        using var session = new InferenceSession(await Repository.ModelAsync("emotion"));

        var classes = OnePass.Run(session, [1, 1, 64, 64], Face(64).Grey(127.5f, 127.5f))["Identity"];

        Repository.Catalogue.Find("emotion").Labels[Array.IndexOf(classes, classes.Max())].ShouldBe("happy");
    }

    [Fact]
    public async Task The_points_of_a_face_lie_where_eyes_nose_and_mouth_are()
    {
        using var session = new InferenceSession(await Repository.ModelAsync("facemesh"));

        var outputs = OnePass.Run(session, [1, 3, 192, 192], Face(192).Planes([0, 0, 0], [255, 255, 255]));

        outputs["output_faceflag"][0].ShouldBeGreaterThan(0.9f);
        (float X, float Y) Point(int index) => (outputs["output_mesh"][index * 3], outputs["output_mesh"][index * 3 + 1]);
        var (rightEye, leftEye, nose, mouth, chin) = (Point(33), Point(263), Point(1), Point(13), Point(152));
        rightEye.X.ShouldBeLessThan(nose.X);
        nose.X.ShouldBeLessThan(leftEye.X);
        (rightEye.Y, leftEye.Y).ShouldSatisfyAllConditions(eyes => Math.Max(eyes.Item1, eyes.Item2).ShouldBeLessThan(nose.Y));
        nose.Y.ShouldBeLessThan(mouth.Y);
        mouth.Y.ShouldBeLessThan(chin.Y);
        // Nose and mouth of the astronaut, as a person reads them off: about (223, 125) and (223, 143) in the whole picture.
        (nose.X / 192 * FaceSize + FaceX - FaceSize / 2).ShouldBe(223, 6);
        (nose.Y / 192 * FaceSize + FaceY - FaceSize / 2).ShouldBe(125, 9);
        (mouth.Y / 192 * FaceSize + FaceY - FaceSize / 2).ShouldBe(143, 6);
    }

    private static TestPicture Face(int side) => TestPicture.Astronaut().Crop(
        FaceX - FaceSize / 2, FaceY - FaceSize / 2, FaceX + FaceSize / 2, FaceY + FaceSize / 2, side, side);

    private static float Likeness(float[] one, float[] other) =>
        System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(one.AsSpan(), other.AsSpan());
}
