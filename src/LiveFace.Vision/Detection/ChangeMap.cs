using LiveFace.Media.Frames;
using LiveFace.Vision.Tracking;

namespace LiveFace.Vision.Detection;

/// <summary>
/// Where a picture has changed since it was last looked at in full resolution, in cells of eight pixels. A cell that
/// changed wants to be looked at in the same frame; one that never stops changing, and in which looks found nothing to
/// follow, every few frames. A cell is settled once it was looked at enlarged too since it changed. Brightness is
/// compared with that of the last fine look and not of the last frame, so that slow changes count as well. Nothing is
/// allocated once the pictures keep their size.
/// </summary>
internal sealed class ChangeMap
{
    /// <summary>So many looks that are not quite fine show what a fine one does.</summary>
    public const int Enough = 4;

    private const int Level = 3;
    private const int Cell = 1 << Level;

    // Means of 64 pixels: above a camera's noise at night, below what any face differs from what it covers.
    private const int LeastDifference = 6;
    private const int BusyFrom = 4;
    private const int BusyPace = 4;
    private const byte Never = byte.MaxValue;

    // What is new may lie at the edge of what changed; a window shows this much more on each side.
    private const int Margin = 16;

    // So many close windows cost less than a wide one.
    private const int MostClose = 2;

    private const float MostGrown = 0.5f;

    // What masks usually reach beyond a cover, as a part of the box.
    private const float Padding = 0.15f;
    private const float Neighbourhood = 1f;

    private byte[] _seen = [];
    private byte[] _age = [];
    private byte[] _busy = [];
    private byte[] _tries = [];
    private bool[] _wanted = [];
    private bool[] _settled = [];
    private LumaPyramid? _picture;
    private int _columns;
    private int _rows;
    private int _firstRow;
    private bool _isBegun;

    /// <summary>Forgets what was seen: all of the picture wants to be looked at.</summary>
    public void Forget()
    {
        Array.Fill(_age, Never);
        Array.Clear(_busy);
        Array.Clear(_settled);
        Array.Clear(_tries);
    }

    /// <summary>
    /// Compares a frame with what was seen before. What lies under the cover of a track is hidden, and is the track's own
    /// movement most of the time: it wants nothing.
    /// </summary>
    public void Compare(LumaPyramid picture, ReadOnlySpan<Track> tracks, int source)
    {
        _picture = null;
        if (picture.IsEmpty || picture.Last < Level || picture.First > Level)
            return;
        Open(picture.Width(Level), picture.Height(Level));
        (_picture, _isBegun) = (picture, false);
        var now = picture.Plane(Level);
        for (var i = 0; i < _wanted.Length; i++)
        {
            if (_age[i] < Never - 1)
                _age[i]++;
            _wanted[i] = (_tries[i] < Enough || Math.Abs(now[i] - _seen[i]) >= LeastDifference)
                && (_busy[i] < BusyFrom || _age[i] >= BusyPace);
        }

        foreach (ref readonly var track in tracks)
        {
            if (track.Source != source)
                continue;
            Settle(HiddenBy(track));
            if (!track.Coasting)
                Defer(Around(track));
        }
    }

    /// <summary>
    /// A window over something that wants to be looked at, which then wants nothing more in this frame; null when nothing is
    /// left. It is of the first size where that shows all that the second would. The first window of a frame is over what was
    /// looked at longest ago, so that everything has its turn where there is not time for all.
    /// </summary>
    public PixelRect? Next(InputSize close, InputSize wide, int frameWidth, int frameHeight)
    {
        if (_picture is null || (_isBegun ? FirstWanted() : Oldest()) is not { } first)
            return null;
        var (top, must) = (first / _columns, _isBegun ? default(int?) : first % _columns);
        _isBegun = true;
        var size = wide;
        var (left, right, bottom) = Extent(top, must, wide);
        if (Ceiling(right - left, CellsAcross(close)) * Ceiling(bottom - top, CellsDown(close)) <= MostClose)
        {
            size = close;
            (left, right, bottom) = Extent(top, must, close);
        }

        ClearCells(left, top, right, bottom);
        _firstRow = _wanted.AsSpan(top * _columns, (bottom - top) * _columns).Contains(true) ? top : bottom % _rows;
        var x = Math.Clamp(left * Cell - Margin, 0, Math.Max(0, frameWidth - size.Width));
        var y = Math.Clamp(top * Cell - Margin, 0, Math.Max(0, frameHeight - size.Height));
        return new PixelRect(x, y, Math.Min(size.Width, frameWidth), Math.Min(size.Height, frameHeight));
    }

    /// <summary>What lies in this part of the frame wants nothing more.</summary>
    public void Settle(PixelRect part)
    {
        var (left, top, right, bottom) = CellsIn(part);
        ClearCells(left, top, right, bottom);
    }

    /// <summary>Whether everything in this part of the frame was looked at enlarged since it changed.</summary>
    public bool IsSettled(PixelRect part)
    {
        if (_picture is null)
            return false;
        var (left, right) = (part.X / Cell, Math.Min(_columns, part.Right / Cell));
        for (var row = part.Y / Cell; row < Math.Min(_rows, part.Bottom / Cell); row++)
            if (_settled.AsSpan(row * _columns + left, right - left).Contains(false))
                return false;
        return true;
    }

    /// <summary>A part of the frame that was compared last is being looked at: in full resolution, nearly so, or enlarged.</summary>
    public void Looked(PixelRect window, int tries, bool isEnlarged)
    {
        if (_picture is not { } picture)
            return;
        var now = picture.Plane(Level);
        for (var row = (window.Y + Cell - 1) / Cell; row < Math.Min(_rows, window.Bottom / Cell); row++)
        {
            for (var i = row * _columns + (window.X + Cell - 1) / Cell; i < row * _columns + Math.Min(_columns, window.Right / Cell); i++)
            {
                var changed = _age[i] != Never && Math.Abs(now[i] - _seen[i]) >= LeastDifference;
                _busy[i] = changed ? (byte)Math.Min(Never, _busy[i] + 1) : (byte)0;
                _settled[i] = isEnlarged || _busy[i] >= BusyFrom || (_settled[i] && !changed);
                _tries[i] = (byte)Math.Min(Enough, tries + (changed ? 0 : _tries[i]));
                _seen[i] = now[i];
                _age[i] = 0;
            }
        }
    }

    private void Open(int columns, int rows)
    {
        if (columns == _columns && rows == _rows)
            return;
        (_columns, _rows, _firstRow) = (columns, rows, 0);
        _seen = new byte[columns * rows];
        _age = new byte[columns * rows];
        _busy = new byte[columns * rows];
        _tries = new byte[columns * rows];
        _wanted = new bool[columns * rows];
        _settled = new bool[columns * rows];
        Forget();
    }

    /// <summary>Hair, neck and shoulders move with a face that is known: they wait for their turn like all that always moves.</summary>
    private void Defer(PixelRect part)
    {
        var (left, top, right, bottom) = CellsIn(part);
        for (var row = top; row < bottom; row++)
            for (var i = row * _columns + left; i < row * _columns + right; i++)
                _wanted[i] &= _age[i] >= BusyPace;
    }

    private static PixelRect Around(in Track track)
    {
        var near = track.Box.Grow(Neighbourhood);
        return new PixelRect((int)near.Left, (int)near.Top, (int)near.Width, (int)near.Height);
    }

    private (int Left, int Top, int Right, int Bottom) CellsIn(PixelRect part) => (
        (Math.Max(0, part.X) + Cell - 1) / Cell, (Math.Max(0, part.Y) + Cell - 1) / Cell,
        Math.Min(_columns, part.Right / Cell), Math.Min(_rows, part.Bottom / Cell));

    private static PixelRect HiddenBy(in Track track)
    {
        // A cover that doubt has made large hides for the moment, and is no reason not to look.
        var near = track.Box.Grow(MostGrown);
        var (across, down) = (Padding * track.Box.Width, Padding * track.Box.Height);
        var (left, top) = ((int)MathF.Max(track.Cover.Left - across, near.Left), (int)MathF.Max(track.Cover.Top - down, near.Top));
        return new PixelRect(left, top,
            (int)MathF.Min(track.Cover.Right + across, near.Right) - left, (int)MathF.Min(track.Cover.Bottom + down, near.Bottom) - top);
    }

    private int? Oldest()
    {
        int? oldest = null;
        for (var i = 0; i < _wanted.Length; i++)
            if (_wanted[i] && (oldest is not { } so || _age[i] > _age[so]))
                oldest = i;
        return oldest;
    }

    private int? FirstWanted()
    {
        for (var i = 0; i < _rows; i++)
        {
            var row = (_firstRow + i) % _rows;
            if (_wanted.AsSpan(row * _columns, _columns).IndexOf(true) is var column and >= 0)
                return row * _columns + column;
        }

        return null;
    }

    // The window's last margin is left to the next one, so that nothing new is cut by the edge of both.
    private static int CellsAcross(InputSize window) => Math.Max(1, (window.Width - 3 * Margin) / Cell);

    private static int CellsDown(InputSize window) => Math.Max(1, (window.Height - 3 * Margin) / Cell);

    /// <summary>
    /// Where the cells lie that a window shows which begins at this row, and there at the leftmost that it can without
    /// leaving out the column that it must show; there is at least one.
    /// </summary>
    private (int Left, int Right, int Bottom) Extent(int top, int? must, InputSize window)
    {
        var across = CellsAcross(window);
        var rows = Math.Min(_rows, top + CellsDown(window));
        var from = Math.Max(0, (must ?? 0) - across + 1);
        var left = must ?? _columns - 1;
        for (var row = top; row < rows; row++)
            if (_wanted.AsSpan(row * _columns + from, left - from).IndexOf(true) is var first and >= 0)
                left = from + first;
        var (right, bottom) = (left + 1, top + 1);
        for (var row = top; row < rows; row++)
        {
            var last = _wanted.AsSpan(row * _columns + left, Math.Min(across, _columns - left)).LastIndexOf(true);
            if (last >= 0)
                (right, bottom) = (Math.Max(right, left + last + 1), row + 1);
        }

        return (left, right, bottom);
    }

    private static int Ceiling(int length, int part) => (length + part - 1) / part;

    private void ClearCells(int left, int top, int right, int bottom)
    {
        for (var row = top; row < bottom; row++)
            if (right > left)
                _wanted.AsSpan(row * _columns + left, right - left).Clear();
    }
}
