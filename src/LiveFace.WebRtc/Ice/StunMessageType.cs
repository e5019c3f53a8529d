namespace LiveFace.WebRtc.Ice;

/// <summary>The message types of the Binding method (RFC 8489 5).</summary>
internal enum StunMessageType : ushort
{
    BindingRequest = 0x0001,
    BindingIndication = 0x0011,
    BindingSuccess = 0x0101,
    BindingError = 0x0111,
}
