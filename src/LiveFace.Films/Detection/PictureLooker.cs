using LiveFace.Films.Boxes;
using LiveFace.Films.Looks;
using LiveFace.Films.Pictures;
using LiveFace.Films.Readings;
using LiveFace.Media.Frames;
using LiveFace.Vision.Detection;

namespace LiveFace.Films.Detection;

/// <summary>Looks at pictures of a film with all models, and puts what comes of it into box-file form. One thread at a time.</summary>
public sealed class PictureLooker : IDisposable
{
    /// <summary>What is smaller on a side can neither be followed nor be a face.</summary>
    private const float LeastSide = 1;

    private readonly List<ExhaustiveLook> _looks = [];
    private readonly FindReader? _reader;

    /// <summary>Opens lanes of its own on the models.</summary>
    public PictureLooker(IReadOnlyList<FileModel> models, FramePool pool, AskedReaders? readers = null)
    {
        _reader = readers is null ? null : new FindReader(readers);
        ArgumentNullException.ThrowIfNull(models);
        foreach (var model in models)
            _looks.Add(new ExhaustiveLook(model.Detector, pool, model.Views, model.Seconds, model.Quick));
    }

    /// <summary>Adds what the models see in a frame to its picture: exhaustively, or in one pass as fine as that face asks.</summary>
    public void Look(VideoFrame frame, in FrameMark mark, bool thorough, int smallestFace, BoxPicture into, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(into);
        for (var model = 0; model < _looks.Count; model++)
        {
            var look = _looks[model];
            var receipt = thorough ? look.See(frame, mark, cancel) : look.Glance(frame, mark, smallestFace, cancel);
            into.Looks.Add(new BoxLook(model, SmallestOf(receipt, frame), thorough, look.Strong, receipt.Verdict));
            if (!receipt.IsSound)
                continue;
            foreach (ref readonly var item in receipt.Found)
                if (item.Box.Width >= LeastSide && item.Box.Height >= LeastSide)
                    into.Found.Add(new BoxFind(model, item.Class, Math.Clamp(item.Score, 0, 1), item.Box, item.Landmarks));
        }
    }

    /// <summary>Reads the faces that were found in a picture, where that was asked.</summary>
    public void Read(VideoFrame frame, BoxPicture picture, CancellationToken cancel) => _reader?.Read(frame, picture, cancel);

    /// <inheritdoc/>
    public void Dispose() => _looks.ForEach(look => look.Dispose());

    /// <summary>The finest of the looks at the whole picture.</summary>
    private static int SmallestOf(LookReceipt receipt, VideoFrame frame)
    {
        var smallest = int.MaxValue;
        foreach (ref readonly var window in receipt.Windows)
            if (window.Window.X <= 0 && window.Window.Y <= 0 && window.Window.Right >= frame.Width && window.Window.Bottom >= frame.Height)
                smallest = Math.Min(smallest, window.SmallestFace);
        return smallest;
    }
}
