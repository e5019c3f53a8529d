using LiveFace.Films.Pictures;
using LiveFace.Media.Frames;
using LiveFace.Media.Images;
using LiveFace.Media.Images.Files;
using LiveFace.Redaction;
using LiveFace.Redaction.Policy;
using LiveFace.Restoration;

namespace LiveFace.Features.Watermarks;

/// <summary>A picture without its mark: the file, and what was seen. Without a mark, and where nothing is hidden, it is the file that came.</summary>
internal sealed record UnmarkedPicture(byte[] File, ImageFormat Format, MarkLook Look)
{
    private static readonly PolicySnapshot Nothing = PolicySnapshot.Create(1, new RedactionPolicy { NothingHidden = true });

    /// <summary>Takes the mark off, and hides what the policy hides: that is looked for in the picture as it leaves.</summary>
    /// <exception cref="ImageException">The file is refused; the message says why.</exception>
    public static UnmarkedPicture Make(byte[] file, WatermarkRemover remover, RedactionPolicy policy, Func<PictureOptions, RedactedPicture> redact, PictureOptions options)
    {
        MarkLook? look = null;
        var done = redact(options with { Before = Remove });
        // Nothing was asked to be hidden, and nothing was changed: what came is what goes.
        var isSame = look!.IsEmpty && policy is { NothingHidden: true, Rules.Count: 0, Zones.Count: 0 };
        return new UnmarkedPicture(isSame ? file : done.File, done.Format, look);

        void Remove(VideoFrame frame, CancellationToken cancel)
        {
            options.Before?.Invoke(frame, cancel);
            look = remover.Remove(frame, cancel);
        }
    }

    /// <summary>The mask as a PNG picture: white where the mark was.</summary>
    public byte[] MaskFile()
    {
        using var pool = new FramePool(0);
        using var frame = pool.Rent(Look.Width, Look.Height);
        FrameCopy.Fill(frame, 16, 128, 128);
        for (var y = 0; y < Look.Height && !Look.IsEmpty; y++)
        {
            var row = frame.RowY(y);
            var mask = Look.Mask.AsSpan(y * Look.Width, Look.Width);
            for (var x = 0; x < row.Length; x++)
                row[x] = (byte)(16 + mask[x] * 219 / 255);
        }

        using var redactor = new Redactor(pool);
        return ImageFile.Encode(redactor.Redact(frame, Nothing), ImageFormat.Png);
    }
}
