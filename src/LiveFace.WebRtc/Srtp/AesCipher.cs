using LiveFace.WebRtc.Native;

namespace LiveFace.WebRtc.Srtp;

/// <summary>
/// One AES-128 key and direction on OpenSSL. The key schedule is made once and each packet only sets its nonce, which
/// costs a fraction of what a one-shot call does; and a forged packet is a return value, not an exception. One call at
/// a time.
/// </summary>
internal sealed unsafe class AesCipher : IDisposable
{
    readonly CipherHandle _handle = new();
    readonly nint _context;

    AesCipher(nint cipher, ReadOnlySpan<byte> key, bool encrypt)
    {
        _context = _handle.DangerousGetHandle();
        fixed (byte* material = key)
        {
            if (_handle.IsInvalid || OpenSsl.EVP_CipherInit_ex(_context, cipher, 0, material, null, encrypt ? 1 : 0) != 1)
                throw new InvalidOperationException($"OpenSSL gave no AES: {OpenSsl.LastError()}.");
        }
    }

    public static AesCipher Counter(ReadOnlySpan<byte> key) => new(OpenSsl.EVP_aes_128_ctr(), key, encrypt: true);

    public static AesCipher Gcm(ReadOnlySpan<byte> key, bool encrypt) => new(OpenSsl.EVP_aes_128_gcm(), key, encrypt);

    /// <summary>Counter mode: xors the key stream into the data. The nonce is the first counter block.</summary>
    public void Apply(ReadOnlySpan<byte> nonce, Span<byte> data)
    {
        using var held = new Hold(_handle);
        int length;
        fixed (byte* iv = nonce)
        fixed (byte* bytes = data)
        {
            if (OpenSsl.EVP_CipherInit_ex(_context, 0, 0, null, iv, -1) != 1
                || OpenSsl.EVP_CipherUpdate(_context, bytes, &length, bytes, data.Length) != 1)
            {
                throw new InvalidOperationException($"OpenSSL refused to encrypt: {OpenSsl.LastError()}.");
            }
        }
    }

    /// <summary>GCM: encrypts in place and writes the tag.</summary>
    public void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data, Span<byte> tag)
    {
        using var held = new Hold(_handle);
        int length;
        fixed (byte* bytes = data)
        fixed (byte* mark = tag)
        {
            if (!Run(nonce, associated, data)
                || OpenSsl.EVP_CipherFinal_ex(_context, bytes, &length) != 1
                || OpenSsl.EVP_CIPHER_CTX_ctrl(_context, OpenSsl.AeadGetTag, tag.Length, mark) != 1)
            {
                throw new InvalidOperationException($"OpenSSL refused to encrypt: {OpenSsl.LastError()}.");
            }
        }
    }

    /// <summary>GCM: decrypts in place. With false the data is not authentic, and worthless.</summary>
    public bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data, Span<byte> tag)
    {
        using var held = new Hold(_handle);
        int length;
        fixed (byte* bytes = data)
        fixed (byte* mark = tag)
        {
            return Run(nonce, associated, data)
                && OpenSsl.EVP_CIPHER_CTX_ctrl(_context, OpenSsl.AeadSetTag, tag.Length, mark) == 1
                && OpenSsl.EVP_CipherFinal_ex(_context, bytes, &length) == 1;
        }
    }

    public void Dispose() => _handle.Dispose();

    bool Run(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data)
    {
        int length;
        fixed (byte* iv = nonce)
        fixed (byte* header = associated)
        fixed (byte* bytes = data)
        {
            return OpenSsl.EVP_CipherInit_ex(_context, 0, 0, null, iv, -1) == 1
                && OpenSsl.EVP_CipherUpdate(_context, null, &length, header, associated.Length) == 1
                && (data.IsEmpty || OpenSsl.EVP_CipherUpdate(_context, bytes, &length, bytes, data.Length) == 1);
        }
    }

    /// <summary>Keeps the context alive through a call, whoever disposes of it meanwhile.</summary>
    readonly ref struct Hold
    {
        readonly CipherHandle _handle;

        public Hold(CipherHandle handle)
        {
            var held = false;
            handle.DangerousAddRef(ref held);
            _handle = handle;
        }

        public void Dispose() => _handle.DangerousRelease();
    }
}
