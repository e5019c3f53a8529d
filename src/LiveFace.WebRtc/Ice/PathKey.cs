using System.Runtime.InteropServices;

namespace LiveFace.WebRtc.Ice;

/// <summary>One way between the endpoint and a client: which of our sockets, and the address at its other end.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PathKey(int Socket, TransportAddress Remote);
