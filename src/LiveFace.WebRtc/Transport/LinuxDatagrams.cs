using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LiveFace.WebRtc.Transport;

/// <summary>
/// Datagrams by Linux's own calls. One socket can there be waited on by who receives and never wait for who sends, which
/// <see cref="Socket"/> has no way to ask for: with it, each datagram takes a poll before it can be received, and a full
/// send buffer an exception.
/// </summary>
internal static unsafe partial class LinuxDatagrams
{
    const int TellRealLength = 0x20; // MSG_TRUNC
    const int DoNotWait = 0x40; // MSG_DONTWAIT
    const int NoSignal = 0x4000; // MSG_NOSIGNAL
    const int Interrupted = 4; // EINTR
    const int TryAgain = 11; // EAGAIN

    /// <summary>
    /// Waits for a datagram for as long as the socket's receive timeout says. Gives its length, 0 for none in that time, and
    /// −1 for one that is longer than the buffer.
    /// </summary>
    /// <exception cref="SocketException">The socket gave an error.</exception>
    public static int Receive(SafeSocketHandle socket, Span<byte> buffer, SocketAddress from)
    {
        var address = from.Buffer.Span;
        var size = (uint)address.Length;
        nint length;
        fixed (byte* to = buffer, remote = address)
            length = recvfrom(socket, to, (nuint)buffer.Length, TellRealLength, remote, &size);
        if (length < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is Interrupted or TryAgain ? 0 : throw new SocketException(error);
        }

        if (length > buffer.Length || size > address.Length)
            return -1;
        from.Size = (int)size;
        return (int)length;
    }

    /// <summary>Hands a datagram to the kernel; false when it does not take it at once.</summary>
    public static bool Send(SafeSocketHandle socket, ReadOnlySpan<byte> datagram, SocketAddress remote)
    {
        fixed (byte* from = datagram, address = remote.Buffer.Span)
            return sendto(socket, from, (nuint)datagram.Length, DoNotWait | NoSignal, address, (uint)remote.Size) == datagram.Length;
    }

#pragma warning disable SYSLIB1092 // The names are the system's.
    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvfrom(SafeSocketHandle socket, byte* buffer, nuint length, int flags, byte* address, uint* addressLength);

    [LibraryImport("libc")]
    private static partial nint sendto(SafeSocketHandle socket, byte* buffer, nuint length, int flags, byte* address, uint addressLength);
#pragma warning restore SYSLIB1092
}
