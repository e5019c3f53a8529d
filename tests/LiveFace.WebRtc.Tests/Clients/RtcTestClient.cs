using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LiveFace.WebRtc.Dtls;
using LiveFace.WebRtc.Endpoint;
using LiveFace.WebRtc.Ice;
using LiveFace.WebRtc.Srtp;

namespace LiveFace.WebRtc.Tests.Clients;

/// <summary>
/// The other side of a session, small: ICE controlling, DTLS on the same OpenSSL wrapper, SRTP. It runs on a real
/// socket against a real endpoint.
/// </summary>
internal sealed partial class RtcTestClient : IDisposable
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    readonly DtlsContext _context;
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> _checks = [];
    readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _lock = new();
    DtlsSession? _dtls;
    SrtpSender? _protect;
    SrtpReceiver? _unprotect;
    volatile bool _stopReading;
    volatile bool _dtlsReceived;
    Task _loop = Task.CompletedTask;

    public RtcTestClient(string? profiles = null, DtlsCertificate? certificate = null)
    {
        Certificate = certificate ?? DtlsCertificate.Create(DateTimeOffset.UnixEpoch.AddYears(60));
        _context = profiles is null ? new(Certificate) : new(Certificate, profiles);
        Ufrag = RandomNumberGenerator.GetHexString(8);
        Password = RandomNumberGenerator.GetHexString(24);
    }

    public DtlsCertificate Certificate { get; }

    public string Ufrag { get; set; }

    public string Password { get; set; }

    public Answer? Answer { get; private set; }

    public Wire? Wire { get; private set; }

    public bool IsConnected => _connected.Task.IsCompletedSuccessfully;

    /// <summary>Whether the endpoint's requests for consent are answered, as any full ICE agent does (RFC 7675 5.1).</summary>
    public bool AnswersChecks { get; set; } = true;

    /// <summary>Runs once, before the flight that ends the handshake leaves.</summary>
    public Func<Task>? BeforeSecondFlight { get; set; }

    /// <summary>Plain RTP and RTCP packets that came.</summary>
    public ConcurrentQueue<byte[]> Received { get; } = [];

    public int PacketsReceived { get; private set; }

    public SrtpProfile Profile { get; private set; }

    /// <summary>The other side said close_notify.</summary>
    public Task Closed => _closed.Task.WaitAsync(Deadline);

    public Offer Offer(Offer? template = null) => (template ?? new()) with
    {
        Ufrag = Ufrag,
        Password = Password,
        Fingerprint = Certificate.Fingerprint.ToString(),
    };

    /// <summary>Makes an offer, has it answered, and connects.</summary>
    public async Task<RtcPeer> ConnectAsync(
        RtcEndpoint endpoint, MediaPolicy? policy = null, Offer? template = null, bool tcp = false, Action<RtcPeer>? prepare = null,
        bool nominate = true)
    {
        var (peer, sdp) = endpoint.Accept(Offer(template).ToString(), policy ?? new());
        prepare?.Invoke(peer);
        Take(sdp, tcp ? new TcpWire(endpoint.Port) : new UdpWire(endpoint.Port));
        await CheckAsync(nominate);
        StartDtls();
        await _connected.Task.WaitAsync(Deadline);
        await Eventually.IsAsync(() => peer.State is RtcPeerState.Connected);
        return peer;
    }

    /// <summary>Takes an answer and starts to listen on a wire.</summary>
    public void Take(string sdp, Wire wire)
    {
        Answer = new Answer(sdp);
        MoveTo(wire);
    }

    /// <summary>Goes on from another address, as a phone that leaves its Wi-Fi.</summary>
    public void MoveTo(Wire wire)
    {
        Wire = wire;
        _loop = ListenAsync(wire);
    }

    /// <summary>Sends one check, again until it is answered, and gives the response.</summary>
    public async Task<byte[]> CheckAsync(bool nominate)
    {
        var id = RandomNumberGenerator.GetBytes(12);
        var answered = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _checks[Convert.ToHexString(id)] = answered;
        var check = MakeCheck(id, nominate);
        for (var i = 0; i < 200; i++)
        {
            await Wire!.SendAsync(check);
            if (await Task.WhenAny(answered.Task, Task.Delay(50)) == answered.Task)
                return await answered.Task;
        }

        throw new TimeoutException("No answer to a check.");
    }

    public byte[] MakeCheck(byte[] id, bool nominate, string? password = null, bool controlled = false)
    {
        var buffer = new byte[256];
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, id);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes($"{Answer!.Ufrag}:{Ufrag}"));
        writer.Add(StunAttribute.Priority, 0x7E00_00FF);
        writer.Add(controlled ? StunAttribute.IceControlled : StunAttribute.IceControlling, stackalloc byte[8]);
        if (nominate)
            writer.Add(StunAttribute.UseCandidate, []);
        writer.AddIntegrity(Encoding.ASCII.GetBytes(password ?? Answer.Password));
        writer.AddFingerprint();
        return buffer[..writer.Length];
    }

    public static byte[] MakeResponse(ReadOnlySpan<byte> id, string password)
    {
        var buffer = new byte[256];
        var writer = new StunWriter(buffer, StunMessageType.BindingSuccess, id);
        writer.AddXorMappedAddress(default);
        writer.AddIntegrity(Encoding.ASCII.GetBytes(password));
        writer.AddFingerprint();
        return buffer[..writer.Length];
    }

    public void StartDtls()
    {
        lock (_lock)
        {
            _dtls = new DtlsSession(_context, isServer: Answer!.Setup == "active", [Answer.Fingerprint], 1200);
            if (Answer.Setup == "passive")
                _dtls.Start();
        }

        Flush();
        _ = RetransmitAsync();
    }

    /// <summary>Sends the first flight of a handshake and nothing more.</summary>
    public async Task StartHalfOpenAsync()
    {
        using var dtls = new DtlsSession(_context, isServer: false, [Answer!.Fingerprint], 1200);
        dtls.Start();
        var hello = dtls.TakeDatagram().ToArray();
        await Wire!.SendAsync(hello);
    }

    public async Task SendRtpAsync(byte[] packet) => await Wire!.SendAsync(Protect(packet));

    public byte[] Protect(byte[] packet)
    {
        var buffer = new byte[packet.Length + 160];
        packet.CopyTo(buffer, 0);
        return buffer[.._protect!.ProtectRtp(buffer, packet.Length)];
    }

    public async Task SendRtcpAsync(byte[] packet)
    {
        var buffer = new byte[packet.Length + 160];
        packet.CopyTo(buffer, 0);
        await Wire!.SendAsync(buffer.AsMemory(0, _protect!.ProtectRtcp(buffer, packet.Length)));
    }

    /// <summary>Leaves what comes in the socket.</summary>
    public void StopReading() => _stopReading = true;

    /// <summary>Says close_notify.</summary>
    public void Goodbye()
    {
        lock (_lock)
            _dtls?.Close();
        Flush();
    }

    public void Dispose()
    {
        _stop.Cancel();
        Wire?.Dispose();
        lock (_lock)
        {
            _dtls?.Dispose();
            _dtls = null;
            _protect?.Dispose();
            _unprotect?.Dispose();
            _unprotect = null;
        }

        _context.Dispose();
        _stop.Dispose();
    }
}
