using LiveFace.Vision.Inference;

namespace LiveFace.Vision.Detection.Onnx;

/// <summary>
/// Windows that wait to be looked at together. The oldest decides on the size of the next batch and on its time; windows
/// of other sizes wait their turn. Bounded, and without memory of its own beyond that. A room has one look under way at
/// a time, so nothing here is ever outdated by a newer frame of the same room.
/// </summary>
internal sealed class BatchQueue(BatchSettings settings)
{
    private readonly BatchTicket[] _waiting = new BatchTicket[settings.MostWaiting];

    public int Count { get; private set; }

    /// <summary>Lets a window wait; false where there is no room for it.</summary>
    public bool Offer(BatchTicket ticket, TimeSpan now)
    {
        if (Count == _waiting.Length)
            return false;
        ticket.Since = now;
        ticket.State = BatchState.Waiting;
        _waiting[Count++] = ticket;
        return true;
    }

    /// <summary>
    /// Takes the next batch where it is due: it is full, its oldest window has waited long enough, or nobody else can
    /// come. Gives the number taken, or zero and the time until it is worth asking again.
    /// </summary>
    public int Take(TimeSpan now, bool everybodyIsHere, Span<BatchTicket> batch, out TimeSpan until)
    {
        until = Timeout.InfiniteTimeSpan;
        if (Count == 0)
            return 0;
        var size = _waiting[0].Size;
        var most = Math.Min(settings.Most, batch.Length);
        var left = _waiting[0].Since + settings.Wait - now;
        if (!everybodyIsHere && left > TimeSpan.Zero && CountOf(size) < most)
        {
            until = left;
            return 0;
        }

        var (taken, kept) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            var ticket = _waiting[i];
            if (taken < most && ticket.Size == size)
            {
                ticket.State = BatchState.Running;
                batch[taken++] = ticket;
            }
            else
            {
                _waiting[kept++] = ticket;
            }
        }

        Shrink(kept);
        return taken;
    }

    /// <summary>Takes a window back; false where it does not wait.</summary>
    public bool Withdraw(BatchTicket ticket)
    {
        var at = Array.IndexOf(_waiting, ticket, 0, Count);
        if (at < 0)
            return false;
        _waiting.AsSpan(at + 1, Count - at - 1).CopyTo(_waiting.AsSpan(at));
        Shrink(Count - 1);
        return true;
    }

    private int CountOf(InputSize size)
    {
        var count = 0;
        foreach (var ticket in _waiting.AsSpan(0, Count))
            if (ticket.Size == size)
                count++;
        return count;
    }

    private void Shrink(int count)
    {
        _waiting.AsSpan(count, Count - count).Clear();
        Count = count;
    }
}
