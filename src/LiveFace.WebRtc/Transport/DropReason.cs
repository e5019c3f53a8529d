namespace LiveFace.WebRtc.Transport;

/// <summary>Why a datagram, or what it led to, was dropped.</summary>
internal enum DropReason
{
    /// <summary>Its first byte belongs to no protocol that is spoken here (RFC 7983).</summary>
    UnknownProtocol,

    /// <summary>Media or DTLS from an address that no check has validated.</summary>
    UnknownAddress,

    /// <summary>A broken STUN message, or one that is neither a request nor comes from a known path.</summary>
    BadStun,

    /// <summary>A check from another machine where only this one is answered.</summary>
    OtherMachine,

    /// <summary>A check for a session that is not here.</summary>
    UnknownUfrag,

    /// <summary>A check or a response that is not authentic, or a response to nothing that was asked.</summary>
    CheckRefused,

    /// <summary>A broken DTLS record.</summary>
    BadDtls,

    /// <summary>Too many handshakes from one address, or too much from one peer before its handshake is done.</summary>
    HandshakeLimit,

    /// <summary>SRTP or SRTCP that is not authentic, came before, or came before there were keys.</summary>
    SrtpRefused,

    /// <summary>The socket or the connection could not take it.</summary>
    SendRefused,

    /// <summary>Media that came to a closed gate.</summary>
    GateClosed,

    /// <summary>The socket gave an error on receiving.</summary>
    ReceiveError,

    /// <summary>An address that came after the start and could not be listened on.</summary>
    AddressRefused,

    /// <summary>A TCP connection over the limits, or one that broke the framing.</summary>
    TcpRefused,

    /// <summary>The library itself failed on it; the session was closed.</summary>
    Failed,

    /// <summary>A handler of the application threw.</summary>
    HandlerThrew,
}
