using Microsoft.ML.OnnxRuntime;

namespace LiveFace.Vision.Tests.Models;

/// <summary>
/// The converted models on pictures of Debian's python3-skimage: astronaut.png (NASA, public domain), chelsea.png and
/// coffee.png (CC0). And on made noise, against what TensorFlow.js 4 gave for it on its CPU backend.
/// </summary>
public sealed class ConvertedModelTests
{
    private const string Pictures = "/usr/lib/python3/dist-packages/skimage/data/";

    [Theory]
    [InlineData("nanodet", 416, 3, "Identity", 216320, new[] { 0, 72106, 138480, 216319 }, new[] { 0.01399994f, 0.00325411f, 0.03332098f, 0.007083568f })]
    [InlineData("nanodet", 416, 3, "Identity_1", 54080, new[] { 0, 18026, 32720, 54079 }, new[] { 0.007560056f, 0.005271088f, 0.03009594f, 0.007942043f })]
    [InlineData("nanodet", 416, 3, "Identity_2", 13520, new[] { 0, 4506, 6782, 13519 }, new[] { 0.0101196f, 0.01585494f, 0.2189572f, 0.01053374f })]
    [InlineData("nanodet", 416, 3, "Identity_3", 118976, new[] { 0, 39658, 102938, 118975 }, new[] { 2.94408f, 0.9054027f, 4.408474f, -0.5921446f })]
    [InlineData("nanodet", 416, 3, "Identity_4", 29744, new[] { 0, 9914, 26041, 29743 }, new[] { -0.147833f, 0.4366935f, 1.780971f, -0.5854596f })]
    [InlineData("nanodet", 416, 3, "Identity_5", 7436, new[] { 0, 2478, 3682, 7435 }, new[] { 0.05767103f, 0.7273476f, 4.100076f, -1.204897f })]
    [InlineData("faceres", 224, 3, "age_pred/Softmax", 100, new[] { 0, 29, 33, 99 }, new[] { 0.008189742f, 0.0315426f, 0.01993751f, 0.002235715f })]
    [InlineData("faceres", 224, 3, "gender_pred/Sigmoid", 1, new[] { 0 }, new[] { 0.5850982f })]
    [InlineData("faceres", 224, 3, "global_pooling/Mean", 1024, new[] { 0, 341, 917 }, new[] { 0f, 0f, 4.200131f })]
    [InlineData("facemesh", 192, 3, "output_mesh", 1404, new[] { 0, 457, 468, 1403 }, new[] { 118.1509f, 161.4795f, 55.19197f, 20.41052f })]
    [InlineData("facemesh", 192, 3, "output_contours", 266, new[] { 0, 37, 177, 265 }, new[] { 121.9593f, 157.5191f, 124.7796f, 103.5547f })]
    [InlineData("facemesh", 192, 3, "output_faceflag", 1, new[] { 0 }, new[] { 6.079565e-05f })]
    [InlineData("emotion", 64, 1, "Identity", 7, new[] { 0, 2, 4, 6 }, new[] { 0.001562186f, 0.01104986f, 0.9169607f, 3.653182e-05f })]
    [InlineData("selfie", 256, 3, "activation_10", 65536, new[] { 0, 60672 }, new[] { 0f, 2.834163e-05f })]
    public async Task Outputs_are_those_of_the_original(string id, int side, int channels, string output, int count, int[] places, float[] expected)
    {
        using var session = new InferenceSession(await Repository.ModelAsync(id));

        var values = OnePass.Run(session, [1, channels, side, side], Noise(id, side, channels))[output];

        values.Length.ShouldBe(count);
        for (var index = 0; index < places.Length; index++)
            values[places[index]].ShouldBe(expected[index], Math.Max(1e-6f, Math.Abs(expected[index]) * 2e-4f), $"element {places[index]}");
    }

    [Fact]
    public async Task The_outline_covers_the_person_and_nothing_of_the_wall()
    {
        using var session = new InferenceSession(await Repository.ModelAsync("selfie"));

        var mask = OnePass.Run(session, [1, 3, 256, 256], TestPicture.Astronaut().Resize(256, 256).Planes([0, 0, 0], [255, 255, 255])).Single().Value;

        float Mean(int left, int top, int right, int bottom) => Enumerable.Range(top, bottom - top)
            .SelectMany(y => Enumerable.Range(left, right - left).Select(x => mask[y * 256 + x])).Average();
        Mean(95, 40, 130, 90).ShouldBeGreaterThan(0.9f, "face");
        Mean(70, 160, 150, 240).ShouldBeGreaterThan(0.9f, "chest");
        Mean(0, 0, 40, 40).ShouldBeLessThan(0.1f, "corner above left");
        Mean(215, 0, 256, 40).ShouldBeLessThan(0.1f, "corner above right");
    }

    [Theory]
    [InlineData("astronaut.png", 512, 512, "person")]
    [InlineData("chelsea.png", 451, 451, "cat")]
    [InlineData("coffee.png", 600, 400, "cup")]
    public async Task What_is_in_a_picture_is_the_strongest_class(string name, int width, int height, string expected)
    {
        using var session = new InferenceSession(await Repository.ModelAsync("nanodet"));
        var model = Repository.Catalogue.Find("nanodet");

        var picture = TestPicture.Read(Pictures + name);
        var canvas = TestPicture.Plain(width, height, 114);
        canvas.Paste(picture, (width - picture.Width) / 2, (height - picture.Height) / 2);
        var input = canvas.Resize(416, 416).Planes([.. model.Input.Mean], [.. model.Input.Std], reverse: true);
        var outputs = OnePass.Run(session, [1, 3, 416, 416], input);

        var (score, label) = new[] { "Identity", "Identity_1", "Identity_2" }
            .SelectMany(output => outputs[output].Select((value, index) => (value, model.Labels[index % 80]))).Max();
        label.ShouldBe(expected);
        score.ShouldBeGreaterThan(0.5f);
    }

    /// <summary>The noise that the original was given, whose order is that of its own input.</summary>
    private static float[] Noise(string id, int side, int channels)
    {
        var noise = new float[channels * side * side];
        for (var channel = 0; channel < channels; channel++)
            for (var pixel = 0; pixel < side * side; pixel++)
            {
                long place = id == "nanodet" ? channel * side * side + pixel : pixel * channels + channel;
                noise[channel * side * side + pixel] = (place * 7919 + place * place % 1013) % 1000 / 1000f * (id == "faceres" ? 255 : 1);
            }
        return noise;
    }
}
