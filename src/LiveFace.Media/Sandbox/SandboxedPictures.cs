using System.Diagnostics;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Sandbox;

/// <summary>Picture files read by a worker that reads nothing else after.</summary>
internal static unsafe class SandboxedPictures
{
    /// <summary>Zero is a picture; all else is one more than an <see cref="ImageError"/>.</summary>
    public const int IsPicture = 0;

    /// <summary>What the largest picture of many scans takes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static VideoFrame Read(DecoderSandbox sandbox, ReadOnlySpan<byte> file, FramePool pool, ImageLimits limits, out ImageInfo info)
    {
        if (Take(sandbox) is not { } worker)
        {
            info = ImageFile.Identify(file, limits);
            return ImageFile.Decode(file, pool, limits);
        }

        try
        {
            info = Run(worker, WorkerOperation.ReadPicture, file, limits);
            if (FrameLayout.Bytes(info.ShownWidth, info.ShownHeight) > WorkerArea.OutputBytes)
                throw Broken(worker);
            return pool.Copy(worker.Output, info.ShownWidth, info.ShownHeight);
        }
        finally
        {
            sandbox.Return(worker);
        }
    }

    public static RgbaImage ReadRgba(DecoderSandbox sandbox, ReadOnlySpan<byte> file, ImageLimits limits, out ImageInfo info)
    {
        if (Take(sandbox) is not { } worker)
        {
            info = ImageFile.Identify(file, limits);
            return ImageFile.DecodeRgba(file, limits);
        }

        try
        {
            info = Run(worker, WorkerOperation.ReadPictureWithAlpha, file, limits);
            var bytes = 4L * info.ShownWidth * info.ShownHeight;
            if (bytes > WorkerArea.OutputBytes)
                throw Broken(worker);
            return new RgbaImage(info.ShownWidth, info.ShownHeight, new ReadOnlySpan<byte>(worker.Output, (int)bytes).ToArray());
        }
        finally
        {
            sandbox.Return(worker);
        }
    }

    /// <summary>Waits for a worker; null where the picture is to be read here.</summary>
    private static WorkerProcess? Take(DecoderSandbox sandbox)
    {
        if (sandbox.IsOff)
            return null;
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (sandbox.TryTake(out var decodeHere) is { } worker)
                return worker;
            if (decodeHere)
                return null;
            sandbox.Wait(began);
        }
    }

    private static ImageInfo Run(WorkerProcess worker, WorkerOperation operation, ReadOnlySpan<byte> file, ImageLimits limits)
    {
        limits.CheckBytes(Math.Max(file.Length, 0));
        if (file.Length > WorkerArea.InputBytes)
            throw new ImageException(ImageError.TooManyBytes, $"The file has {file.Length} bytes and the limit is {WorkerArea.InputBytes}.");
        if (!worker.TryRun(new WorkerTask(operation) { MaximumPixels = limits.MaximumPixels }, file, Limit, out var result))
            throw Unreadable();
        if (result.Verdict != IsPicture)
        {
            var error = (ImageError)(result.Verdict - 1);
            throw Enum.IsDefined(error) ? new ImageException(error, worker.ReadText(result.TextLength)) : Broken(worker);
        }

        var (format, orientation) = ((ImageFormat)result.Format, (Orientation)result.Orientation);
        if (!Enum.IsDefined(format) || !Enum.IsDefined(orientation) || !Fits(result.StoredWidth, result.StoredHeight, limits))
            throw Broken(worker);
        return new ImageInfo(format, result.StoredWidth, result.StoredHeight, orientation);
    }

    private static bool Fits(int width, int height, ImageLimits limits) =>
        width is >= 1 and <= FrameLayout.MaximumSide && height is >= 1 and <= FrameLayout.MaximumSide
        && (long)width * height <= limits.MaximumPixels;

    private static ImageException Broken(WorkerProcess worker)
    {
        worker.Disbelieve();
        return Unreadable();
    }

    /// <summary>A file that ends its reader is damaged, or worse.</summary>
    private static ImageException Unreadable() => new(ImageError.Corrupt, "The file is damaged: its reader came to no end.");
}
