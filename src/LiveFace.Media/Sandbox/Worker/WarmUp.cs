using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Sandbox.Worker;

/// <summary>
/// Does every kind of task once, good and bad, so that libraries are loaded and code is compiled before neither is possible
/// any more. What it encodes is a picture of one colour, made here: the only one that is shown without the redactor, and
/// nothing of anybody's.
/// </summary>
internal static unsafe class WarmUp
{
    private const int Side = 64;
    private const int MaximumPixels = Side * Side;

    public static void Run(WorkerArea area)
    {
        using var pool = new FramePool(0);
        using var picture = pool.Rent(Side, Side);
        FrameCopy.Fill(picture, 100, 120, 130);
        using var tasks = new WorkerTasks(area);
        foreach (var codec in Enum.GetValues<VideoCodec>().Where(VideoCodecs.IsAvailable))
        {
            using var encoder = VideoCodecs.CreateEncoder(codec, new EncoderSettings { Threads = 1, FixedSpeed = EncoderSpeed.Fastest });
            for (var i = 0; i < 2; i++)
            {
                var frame = encoder.Encode(new RedactedFrame(picture), forceKeyFrame: i == 0).Payload.ToArray();
                Do(tasks, area, new WorkerTask(WorkerOperation.DecodeFrame) { Codec = (int)codec }, frame);
            }

            Do(tasks, area, new WorkerTask(WorkerOperation.DecodeFrame) { Codec = (int)codec }, new byte[32]);
        }

        foreach (var format in Enum.GetValues<ImageFormat>())
        {
            var file = ImageFile.Encode(new RedactedFrame(picture), format);
            foreach (var operation in (ReadOnlySpan<WorkerOperation>)[WorkerOperation.ReadPicture, WorkerOperation.ReadPictureWithAlpha])
            {
                Do(tasks, area, new WorkerTask(operation), file);
                Do(tasks, area, new WorkerTask(operation), file.AsSpan(0, file.Length / 2));
            }
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static void Do(WorkerTasks tasks, WorkerArea area, WorkerTask task, ReadOnlySpan<byte> input)
    {
        input.CopyTo(new Span<byte>(area.Input, WorkerArea.InputBytes));
        _ = tasks.Do(task with { Length = input.Length, MaximumPixels = MaximumPixels });
    }
}
