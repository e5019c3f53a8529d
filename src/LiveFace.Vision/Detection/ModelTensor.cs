using System.Numerics;
using LiveFace.Media.Frames;
using LiveFace.Vision.Models;

namespace LiveFace.Vision.Detection;

/// <summary>Says in the terms of pictures how the catalogue wants a model's input made.</summary>
internal static class ModelTensor
{
    public static TensorFormat FormatOf(ModelEntry entry, InputSize size)
    {
        var input = entry.Input;
        return new TensorFormat(size.Width, size.Height)
        {
            Layout = input.Layout == Models.TensorLayout.Nchw
                ? Media.Frames.TensorLayout.Nchw
                : Media.Frames.TensorLayout.Nhwc,
            Channels = input.Colour switch
            {
                ColourOrder.Bgr => TensorChannels.Bgr,
                ColourOrder.Grey => TensorChannels.Grey,
                _ => TensorChannels.Rgb,
            },
            Mean = Three(input.Mean),
            Scale = Vector3.One / Three(input.Std),
            Fit = input.Resize switch
            {
                ResizeMode.LetterboxCentre => TensorFit.LetterboxCentred,
                ResizeMode.LetterboxTopLeft => TensorFit.LetterboxTopLeft,
                ResizeMode.Stretch => TensorFit.Stretch,
                _ => throw new ModelRefusedException(entry.Id, "an input that takes a whole picture", $"'{input.Resize}'"),
            },
            Padding = (byte)Math.Clamp(input.Padding, 0, 255),
            Filter = ResampleFilter.Bilinear,
        };
    }

    private static Vector3 Three(IReadOnlyList<float> values) => values.Count == 1
        ? new Vector3(values[0])
        : new Vector3(values[0], values[1], values[2]);
}
