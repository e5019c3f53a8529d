using System.Runtime.InteropServices;
using LiveFace.WebRtc.Native;
using LiveFace.WebRtc.Srtp;

namespace LiveFace.WebRtc.Dtls;

/// <summary>
/// One DTLS 1.2 association for DTLS-SRTP (RFC 6347, 5764) over OpenSSL with memory BIOs: datagrams in, datagrams out,
/// and the time of the next retransmission. One call at a time.
/// </summary>
internal sealed unsafe class DtlsSession : IDisposable
{
    const uint FirstTimeoutMicroseconds = 100_000;
    const uint LongestTimeoutMicroseconds = 3_000_000;

    readonly SslHandle _ssl;
    readonly nint _input;
    readonly nint _output;
    readonly IReadOnlyList<Fingerprint> _expected;
    readonly bool _isServer;
    readonly int _mtu;
    byte[] _outgoing = [];
    int _outgoingStart;
    int _outgoingEnd;

    /// <summary>Creates one end. One of the <paramref name="expected"/> fingerprints must be the other side's.</summary>
    public DtlsSession(DtlsContext context, bool isServer, IReadOnlyList<Fingerprint> expected, int mtu)
    {
        _expected = expected;
        _isServer = isServer;
        _mtu = mtu;
        _ssl = new SslHandle(OpenSsl.SSL_new(context.Handle));
        if (_ssl.IsInvalid)
            throw new InvalidOperationException($"OpenSSL gave no session: {OpenSsl.LastError()}.");

        _input = OpenSsl.BIO_new(OpenSsl.BIO_s_mem());
        _output = OpenSsl.BIO_new(OpenSsl.BIO_s_mem());
        OpenSsl.SSL_set_bio(_ssl, _input, _output);
        OpenSsl.SSL_ctrl(_ssl, OpenSsl.CtrlSetMtu, mtu, null);
        OpenSsl.DTLS_set_timer_cb(_ssl, &Backoff);
        if (isServer)
            OpenSsl.SSL_set_accept_state(_ssl);
        else
            OpenSsl.SSL_set_connect_state(_ssl);
    }

    public DtlsState State { get; private set; }

    /// <summary>Why the handshake failed, for a person; null while it has not.</summary>
    public string? Failure { get; private set; }

    /// <summary>The other side proved to own another certificate than its SDP names.</summary>
    public bool WrongCertificate { get; private set; }

    /// <summary>The keys for what we receive, once connected.</summary>
    public SrtpKeyMaterial Incoming { get; private set; }

    /// <summary>The keys for what we send, once connected.</summary>
    public SrtpKeyMaterial Outgoing { get; private set; }

    /// <summary>Sends the first flight, as a client.</summary>
    public void Start() => Advance();

    /// <summary>Takes one datagram. It must be well-formed records.</summary>
    public void Receive(ReadOnlySpan<byte> datagram)
    {
        if (State is DtlsState.Failed or DtlsState.Closed)
            return;

        fixed (byte* data = datagram)
            _ = OpenSsl.BIO_write(_input, data, datagram.Length);
        Advance();
    }

    /// <summary>How long until <see cref="HandleTimeout"/> wants to be called; null while nothing waits for an answer.</summary>
    public TimeSpan? TimeToTimeout()
    {
        var left = stackalloc nint[2];
        return State is DtlsState.Handshaking
            && OpenSsl.SSL_ctrl(_ssl, OpenSsl.DtlsCtrlGetTimeout, 0, left) == 1
                ? TimeSpan.FromSeconds(left[0]) + TimeSpan.FromMicroseconds(left[1])
                : null;
    }

    /// <summary>Sends the last flight again if its time has come (RFC 6347 4.2.4).</summary>
    public void HandleTimeout()
    {
        if (State is not DtlsState.Handshaking)
            return;
        OpenSsl.ERR_clear_error();
        if (OpenSsl.SSL_ctrl(_ssl, OpenSsl.DtlsCtrlHandleTimeout, 0, null) < 0)
            Fail($"no answer ({OpenSsl.LastError()})");
    }

    /// <summary>Says close_notify.</summary>
    public void Close()
    {
        if (State is DtlsState.Connected)
        {
            OpenSsl.ERR_clear_error();
            OpenSsl.SSL_shutdown(_ssl);
            State = DtlsState.Closed;
        }
    }

    /// <summary>The next datagram to send; empty when there is none. It stands until the next call of anything.</summary>
    public ReadOnlySpan<byte> TakeDatagram()
    {
        if (_outgoingStart == _outgoingEnd && !Fetch())
            return default;

        var waiting = _outgoing.AsSpan(_outgoingStart, _outgoingEnd - _outgoingStart);
        var length = DtlsRecords.FirstDatagram(waiting, _mtu);
        _outgoingStart += length;
        return waiting[..length];
    }

    public void Dispose()
    {
        _ssl.Dispose();
        if (Incoming.Key is not null)
        {
            Incoming.Erase();
            Outgoing.Erase();
        }
    }

    /// <summary>Everything that OpenSSL wrote; one BIO write is one record or more, never a part.</summary>
    bool Fetch()
    {
        var pending = (int)OpenSsl.BIO_ctrl_pending(_output);
        if (pending == 0)
            return false;

        if (_outgoing.Length < pending)
            _outgoing = new byte[pending];
        fixed (byte* data = _outgoing)
            _outgoingEnd = OpenSsl.BIO_read(_output, data, pending);
        _outgoingStart = 0;
        return _outgoingEnd > 0;
    }

    void Advance()
    {
        OpenSsl.ERR_clear_error();
        if (State is DtlsState.Handshaking)
        {
            var result = OpenSsl.SSL_do_handshake(_ssl);
            if (result == 1)
                Finish();
            else if (OpenSsl.SSL_get_error(_ssl, result) is not (OpenSsl.ErrorWantRead or OpenSsl.ErrorWantWrite))
                Fail(OpenSsl.LastError());
        }

        if (State is DtlsState.Connected)
            Drain();
    }

    /// <summary>No application data is expected; reading handles alerts and repeated handshake flights.</summary>
    void Drain()
    {
        var scratch = stackalloc byte[512];
        int read;
        do
        {
            read = OpenSsl.SSL_read(_ssl, scratch, 512);
        }
        while (read > 0);

        switch (OpenSsl.SSL_get_error(_ssl, read))
        {
            case OpenSsl.ErrorWantRead or OpenSsl.ErrorWantWrite or OpenSsl.ErrorNone:
                OpenSsl.ERR_clear_error();
                break;
            case OpenSsl.ErrorZeroReturn:
                State = DtlsState.Closed;
                break;
            default:
                // A fatal alert from the other side ends the session as a goodbye would.
                OpenSsl.ERR_clear_error();
                State = DtlsState.Closed;
                break;
        }
    }

    void Finish()
    {
        var certificate = PeerCertificate();
        if (!_expected.Any(fingerprint => fingerprint.Matches(certificate)))
        {
            WrongCertificate = true;
            Fail("the certificate is not the one that the SDP names");
            return;
        }

        var profile = OpenSsl.SSL_get_selected_srtp_profile(_ssl);
        if (profile is null)
        {
            Fail("no SRTP profile in common");
            return;
        }

        if (TryExportKeys((SrtpProfile)profile->Id))
            State = DtlsState.Connected;
        else
            Fail(OpenSsl.LastError());
    }

    /// <summary>RFC 5764 4.2.</summary>
    bool TryExportKeys(SrtpProfile profile)
    {
        Span<byte> exported = stackalloc byte[SrtpKeyMaterial.ExportLength(profile)];
        var label = "EXTRACTOR-dtls_srtp"u8;
        fixed (byte* output = exported)
        fixed (byte* name = label)
        {
            if (OpenSsl.SSL_export_keying_material(_ssl, output, exported.Length, name, label.Length, null, 0, 0) != 1)
                return false;
        }

        var (client, server) = SrtpKeyMaterial.FromExport(profile, exported);
        (Incoming, Outgoing) = _isServer ? (client, server) : (server, client);
        exported.Clear();
        return true;
    }

    byte[] PeerCertificate()
    {
        var certificate = OpenSsl.SSL_get1_peer_certificate(_ssl);
        if (certificate == 0)
            return [];
        try
        {
            var der = new byte[OpenSsl.i2d_X509(certificate, null)];
            fixed (byte* start = der)
            {
                var cursor = start;
                _ = OpenSsl.i2d_X509(certificate, &cursor);
            }

            return der;
        }
        finally
        {
            OpenSsl.X509_free(certificate);
        }
    }

    void Fail(string reason)
    {
        OpenSsl.ERR_clear_error();
        State = DtlsState.Failed;
        Failure = reason;
    }

    /// <summary>Starts well under the second that RFC 6347 names, as the path was checked by ICE just before, and doubles.</summary>
    [UnmanagedCallersOnly]
    static uint Backoff(nint ssl, uint last) =>
        last == 0 ? FirstTimeoutMicroseconds : Math.Min(last * 2, LongestTimeoutMicroseconds);
}
