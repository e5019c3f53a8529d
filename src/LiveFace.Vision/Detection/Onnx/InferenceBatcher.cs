using LiveFace.Media;
using LiveFace.Vision.Inference;

namespace LiveFace.Vision.Detection.Onnx;

/// <summary>
/// Puts windows that several rooms want looked at, at about the same time, into one inference. There is no thread of its
/// own: of the rooms' threads that wait here, one that finds a batch due runs it for all in it, outside of the lock,
/// while the others sleep. A batch that fails, fails for each of its windows.
/// <code>
/// Run: windows ► queue ► answered? go home ► a batch due and none running? run it, wake all ► else sleep until one is
/// </code>
/// </summary>
internal sealed class InferenceBatcher : IDisposable
{
    // Six for each shape of picture that rooms have.
    private const int MostSizes = 18;

    private readonly object _gate = new();
    private readonly OnnxDetector _detector;
    private readonly BatchSettings _settings;
    private readonly BatchQueue _queue;
    private readonly BatchTicket[] _batch;
    private readonly List<BatchTensors> _tensors = [];
    private int _lanes;
    private int _waiting;
    private bool _running;
    private bool _disposed;

    public InferenceBatcher(OnnxDetector detector, BatchSettings settings)
    {
        _detector = detector;
        _settings = settings;
        _queue = new BatchQueue(settings);
        _batch = new BatchTicket[settings.Most];
    }

    /// <summary>Inferences so far, and the windows that were in them.</summary>
    public (long Inferences, long Windows) Ran { get; private set; }

    /// <summary>Windows that wait and are in no inference yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _queue.Count;
        }
    }

    /// <summary>Called before each inference; where a test lets one fail.</summary>
    internal Action? BeforeRun { get; set; }

    /// <summary>One more lane that may come.</summary>
    public void Join()
    {
        lock (_gate)
            _lanes++;
    }

    /// <summary>One lane less to wait for. What it still has in the queue is not looked at any more.</summary>
    public void Leave(BatchLook look)
    {
        lock (_gate)
        {
            _lanes--;
            Withdraw(look);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Comes back when each of one room's windows has its answer.</summary>
    public void Run(BatchLook look)
    {
        lock (_gate)
        {
            _waiting++;
            look.Left = look.Tickets.Length;
            foreach (var ticket in look.Tickets)
                if (!_queue.Offer(ticket, Now))
                    Answer(ticket, BatchState.Failed);
            Monitor.PulseAll(_gate);
        }

        int count;
        while ((count = WaitForBatch(look)) > 0)
            RunBatch(_batch.AsSpan(0, count));
    }

    /// <summary>Nothing more is looked at. A batch that is under way ends first, on the thread that runs it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
            if (_running)
                return;
        }

        DisposeTensors();
    }

    private void DisposeTensors()
    {
        foreach (var tensors in _tensors)
            tensors.Dispose();
        _tensors.Clear();
    }

    private TimeSpan Now => _settings.Clock.GetElapsedTime(0);

    /// <summary>The number of windows in a batch that this thread is to run, or zero when its own are answered.</summary>
    private int WaitForBatch(BatchLook look)
    {
        lock (_gate)
        {
            while (look.Left > 0)
            {
                if (_disposed && Withdraw(look))
                    continue;
                var until = Timeout.InfiniteTimeSpan;
                var count = _running || _disposed ? 0 : _queue.Take(Now, _waiting >= _lanes, _batch, out until);
                if (count > 0)
                {
                    _running = true;
                    return count;
                }

                // The monitor counts whole milliseconds, and none would be no wait at all.
                Monitor.Wait(_gate, until < TimeSpan.Zero ? Timeout.Infinite : (int)Math.Ceiling(until.TotalMilliseconds));
            }

            return 0;
        }
    }

    private void RunBatch(Span<BatchTicket> batch)
    {
        var state = BatchState.Failed;
        try
        {
            BeforeRun?.Invoke();
            TensorsOf(batch[0].Size).Run(batch);
            state = BatchState.Done;
        }
#pragma warning disable CA1031 // Whatever it is, those who wait must be told, or they would wait for ever.
        catch (Exception error)
#pragma warning restore CA1031
        {
            FaultReports.Report("batch", error);
        }

        lock (_gate)
        {
            Ran = (Ran.Inferences + 1, Ran.Windows + batch.Length);
            foreach (var ticket in batch)
                Answer(ticket, state);
            batch.Clear();
            _running = false;
            Monitor.PulseAll(_gate);
            if (!_disposed)
                return;
        }

        DisposeTensors();
    }

    /// <summary>Only the thread whose batch runs comes here.</summary>
    private BatchTensors TensorsOf(InputSize size)
    {
        foreach (var tensors in _tensors)
            if (tensors.Size == size)
                return tensors;
        if (_tensors.Count == MostSizes)
        {
            _tensors[0].Dispose();
            _tensors.RemoveAt(0);
        }

        _tensors.Add(new BatchTensors(_detector, size, _settings.Most));
        return _tensors[^1];
    }

    /// <summary>What still waits of a look is answered: nothing is known. False when none of it did.</summary>
    private bool Withdraw(BatchLook look)
    {
        var any = false;
        foreach (var ticket in look.Tickets)
        {
            if (!_queue.Withdraw(ticket))
                continue;
            Answer(ticket, BatchState.Failed);
            any = true;
        }

        return any;
    }

    private void Answer(BatchTicket ticket, BatchState state)
    {
        ticket.State = state;
        if (--ticket.Look!.Left == 0)
            _waiting--;
    }
}
