using System.Diagnostics;
using LiveFace.Media.Sandbox.Native;

namespace LiveFace.Media.Sandbox;

/// <summary>
/// One worker and the memory that is shared with it. It serves one stream or one picture and is never handed on: what one
/// publisher made of it meets no other's pictures. One call at a time.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private const string Confined = "confined";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>A wake can be lost with the process that should have sent it.</summary>
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(20);

    private const int PatienceTimes = 8;

    private readonly WorkerArea _area;
    private readonly Process _process;
    private volatile bool _ended;
    private int _number;

    private WorkerProcess(WorkerArea area, Process process) => (_area, _process) = (area, process);

    /// <summary>Why the worker is not confined; null when it is.</summary>
    public string? Problem { get; private set; }

    public int Id => _process.Id;

    public bool HasEnded => _ended;

    /// <summary>How the last task failed, or that none did.</summary>
    public WorkerEnd End { get; private set; } = WorkerEnd.Finished;

    public unsafe byte* Output => _area.Output;

    /// <summary>Starts a worker and waits until it can take its first task.</summary>
    /// <exception cref="IOException">It could not be started; the message says why.</exception>
    public static async Task<WorkerProcess> StartAsync(WorkerCommand command, CancellationToken cancel)
    {
        var area = WorkerArea.Create();
        WorkerProcess? worker = null;
        try
        {
            worker = new WorkerProcess(area, new Process { StartInfo = command.StartInfo(area.Path), EnableRaisingEvents = true });
            await worker.BeginAsync(cancel);
            return worker;
        }
        catch (Exception error) when (error is IOException or System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            if (worker is null)
                area.Dispose();
            else
                worker.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw new IOException($"The decoder's process {command.Program} does not start: {error.Message}", error);
        }
    }

    /// <summary>
    /// Has a task done, which should take less than the limit. False when the worker is dead, hangs or has been told to go: it is of no use any more, and
    /// <see cref="End"/> says why.
    /// </summary>
    public unsafe bool TryRun(WorkerTask task, ReadOnlySpan<byte> input, TimeSpan limit, out WorkerResult result)
    {
        result = default;
        var control = _area.Control;
        input.CopyTo(new Span<byte>(_area.Input, WorkerArea.InputBytes));
        control->Task = task with { Length = input.Length };
        Volatile.Write(ref control->Request, ++_number);
        Futex.Wake(&control->Request);

        var began = Stopwatch.GetTimestamp();
        TimeSpan? worked = null;
        while (Volatile.Read(ref control->Response) is var answered && answered != _number)
        {
            if (_ended)
                return Fail(WorkerEnd.Died);
            if (Stopwatch.GetElapsedTime(began) is var waited && waited > limit && IsHung(waited, limit, ref worked))
                return Fail(_ended ? WorkerEnd.Died : WorkerEnd.Hung);
            Futex.Wait(&control->Response, answered, LookUp);
        }

        result = control->Result;
        return true;
    }

    /// <summary>A sentence of the worker's, without anything that a terminal would act on.</summary>
    public unsafe string ReadText(int length)
    {
        var bytes = new Span<byte>(_area.Control->Text, Math.Clamp(length, 0, WorkerControl.TextBytes)).ToArray();
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        return string.Concat(text.Where(c => !char.IsControl(c)));
    }

    /// <summary>What it answered cannot be.</summary>
    public bool Disbelieve() => Fail(WorkerEnd.Lied);

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        _area.Dispose();
    }

    /// <summary>
    /// On a machine with too much to do a sound worker is late without having run. It is hung when it has run for as long
    /// again as it should have taken, or for a multiple of that has done nothing.
    /// </summary>
    private bool IsHung(TimeSpan waited, TimeSpan limit, ref TimeSpan? worked)
    {
        try
        {
            _process.Refresh();
            var now = _process.TotalProcessorTime;
            worked ??= now;
            return now - worked > limit || waited > limit * PatienceTimes;
        }
        catch (InvalidOperationException)
        {
            // It has ended, and the event that tells is still on its way.
            return _ended = true;
        }
    }

    private bool Fail(WorkerEnd end)
    {
        End = end;
        Kill();
        return false;
    }

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended, or never began.
        }
    }

    private async Task BeginAsync(CancellationToken cancel)
    {
        _process.Exited += (_, _) => _ended = true;
        _process.Start();
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(StartLimit);
        var said = await _process.StandardOutput.ReadLineAsync(limit.Token)
            ?? throw new IOException("it ended before it was ready");
        Problem = said == Confined ? null : said;
    }
}
