using System.Text;
using LiveFace.Media.Codecs;
using LiveFace.Media.Codecs.Registry;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Sandbox.Worker;

/// <summary>Does what the server asks for, out of the shared memory and into it.</summary>
internal sealed unsafe class WorkerTasks : IDisposable
{
    private readonly WorkerArea _area;
    private readonly FramePool _output;
    private readonly FramePool _pool = new(0);
    private IVideoDecoder? _decoder;
    private (int Codec, int MaximumPixels) _opened;

    public WorkerTasks(WorkerArea area)
    {
        _area = area;
        _output = FramePool.Over(area.Output, WorkerArea.OutputBytes);
    }

    public void Dispose()
    {
        _decoder?.Dispose();
        _output.Dispose();
        _pool.Dispose();
    }

    public WorkerResult Do(in WorkerTask task)
    {
        var input = new ReadOnlySpan<byte>(_area.Input, task.Length);
        return task.Operation == WorkerOperation.DecodeFrame ? DecodeFrame(task, input) : ReadPicture(task, input);
    }

    private WorkerResult DecodeFrame(in WorkerTask task, ReadOnlySpan<byte> input)
    {
        if (_decoder is null || _opened != (task.Codec, task.MaximumPixels))
        {
            _decoder?.Dispose();
            _decoder = VideoCodecs.CreateDecoder((VideoCodec)task.Codec, _output, new DecoderSettings { MaximumPixels = task.MaximumPixels });
            _opened = (task.Codec, task.MaximumPixels);
        }

        // It lies where the server reads it; giving it back only says that the place may be used again.
        var verdict = _decoder.Decode(input, TimeSpan.FromTicks(task.CaptureTicks), out var picture);
        using (picture)
            return new WorkerResult((int)verdict)
            {
                Width = picture?.Width ?? 0, Height = picture?.Height ?? 0, CaptureTicks = picture?.CaptureTime.Ticks ?? 0,
            };
    }

    private WorkerResult ReadPicture(in WorkerTask task, ReadOnlySpan<byte> input)
    {
        try
        {
            var limits = new ImageLimits(WorkerArea.InputBytes, task.MaximumPixels);
            var info = ImageFile.Identify(input, limits);
            if (task.Operation == WorkerOperation.ReadPictureWithAlpha)
                WriteRgba(ImageFile.DecodeRgba(input, limits));
            else
                WriteFrame(input, limits);
            return new WorkerResult(SandboxedPictures.IsPicture)
            {
                Format = (int)info.Format, Orientation = (int)info.Orientation, StoredWidth = info.Width, StoredHeight = info.Height,
            };
        }
        catch (ImageException refused)
        {
            return new WorkerResult((int)refused.Error + 1) { TextLength = WriteText(refused.Message) };
        }
    }

    private void WriteRgba(RgbaImage image)
    {
        if (image.Pixels.Length > WorkerArea.OutputBytes)
            throw new ImageException(ImageError.TooManyPixels, "The picture is too large to be kept with its transparency.");
        image.Pixels.Span.CopyTo(new Span<byte>(_area.Output, WorkerArea.OutputBytes));
    }

    private void WriteFrame(ReadOnlySpan<byte> input, ImageLimits limits)
    {
        using var frame = ImageFile.Decode(input, _pool, limits);
        using var output = _output.Rent(frame.Width, frame.Height);
        var bytes = FrameLayout.Bytes(frame.Width, frame.Height);
        Buffer.MemoryCopy(frame.Memory, output.Memory, bytes, bytes);
    }

    private int WriteText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = Math.Min(bytes.Length, WorkerControl.TextBytes);
        bytes.AsSpan(0, length).CopyTo(new Span<byte>(_area.Control->Text, WorkerControl.TextBytes));
        return length;
    }
}
