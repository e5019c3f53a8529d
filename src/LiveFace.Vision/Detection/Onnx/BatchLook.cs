namespace LiveFace.Vision.Detection.Onnx;

/// <summary>The windows that one room wants looked at now; made once for each lane.</summary>
internal sealed class BatchLook(int windows)
{
    private readonly BatchTicket[] _tickets = new BatchTicket[windows];
    private int _count;

    public ReadOnlySpan<BatchTicket> Tickets => _tickets.AsSpan(0, _count);

    /// <summary>Windows without an answer; the batcher counts them down.</summary>
    public int Left { get; set; }

    public void Clear() => _count = 0;

    public void Add(BatchTicket ticket)
    {
        ticket.Look = this;
        _tickets[_count++] = ticket;
    }
}
