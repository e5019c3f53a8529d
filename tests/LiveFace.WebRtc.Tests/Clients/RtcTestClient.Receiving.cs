using System.Text;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Srtp;

namespace LiveFace.WebRtc.Tests.Clients;

/// <summary>What comes from the endpoint, and what the client answers by itself.</summary>
internal sealed partial class RtcTestClient
{
    async Task ListenAsync(Wire wire)
    {
        try
        {
            while (!_stop.IsCancellationRequested && !_stopReading)
                Handle(await wire.ReceiveAsync(_stop.Token), wire);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException
            or System.Net.Sockets.SocketException)
        {
            // The wire is closed.
        }
    }

    void Handle(byte[] datagram, Wire wire)
    {
        if (datagram[0] < 4)
        {
            if (StunMessage.TryRead(datagram, out var message) && message.Type is StunMessageType.BindingRequest)
                AnswerCheck(message, wire);
            else if (_checks.TryRemove(Convert.ToHexString(datagram, 8, 12), out var answered))
                answered.TrySetResult(datagram);
        }
        else if (datagram[0] < 64)
        {
            lock (_lock)
                _dtls?.Receive(datagram);
            _dtlsReceived = true;
            Flush();
        }
        else if (Open(datagram) is { } plain)
        {
            PacketsReceived++;
            Received.Enqueue(plain);
            while (Received.Count > 4096)
                Received.TryDequeue(out _);
        }
    }

    void AnswerCheck(in StunMessage check, Wire wire)
    {
        if (!AnswersChecks || !StunIntegrity.Fits(check, Encoding.ASCII.GetBytes(Password)))
            return;
        _ = wire.SendAsync(MakeResponse(check.TransactionId, Password));
    }

    byte[]? Open(byte[] datagram)
    {
        lock (_lock)
        {
            if (_unprotect is null)
                return null;
            var length = datagram[1] is >= 192 and <= 223 ? _unprotect.UnprotectRtcp(datagram) : _unprotect.UnprotectRtp(datagram);
            return length < 0 ? null : datagram[..length];
        }
    }

    void Flush()
    {
        var datagrams = new List<byte[]>();
        lock (_lock)
        {
            if (_dtls is null)
                return;
            while (_dtls.TakeDatagram() is { IsEmpty: false } datagram)
                datagrams.Add(datagram.ToArray());
            Follow(_dtls);
        }

        _ = SendAsync(datagrams);
    }

    async Task SendAsync(List<byte[]> datagrams)
    {
        // A second flight is what a client sends after it has received something.
        if (_dtlsReceived && BeforeSecondFlight is { } before && datagrams.Count > 0)
        {
            BeforeSecondFlight = null;
            await before();
        }

        foreach (var datagram in datagrams)
            await Wire!.SendAsync(datagram);
    }

    void Follow(DtlsSession dtls)
    {
        if (dtls.State is DtlsState.Connected && _protect is null)
        {
            Profile = dtls.Outgoing.Profile;
            _unprotect = new SrtpReceiver(dtls.Incoming);
            _protect = new SrtpSender(dtls.Outgoing);
            _connected.TrySetResult();
        }
        else if (dtls.State is DtlsState.Failed)
        {
            _connected.TrySetException(new InvalidOperationException(dtls.Failure));
        }
        else if (dtls.State is DtlsState.Closed)
        {
            _closed.TrySetResult();
        }
    }

    async Task RetransmitAsync()
    {
        while (!_stop.IsCancellationRequested && !_connected.Task.IsCompleted)
        {
            await Task.Delay(50);
            lock (_lock)
                _dtls?.HandleTimeout();
            Flush();
        }
    }
}
