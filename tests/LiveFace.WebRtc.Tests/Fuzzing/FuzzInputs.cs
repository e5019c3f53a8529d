using System.Globalization;

namespace LiveFace.WebRtc.Tests.Fuzzing;

/// <summary>
/// Inputs for fuzz tests: the same at each run, and as many times more as LIVEFACE_FUZZ_INPUTS says (`make fuzz`).
/// </summary>
internal static class FuzzInputs
{
    private static readonly int Factor = Math.Max(1, int.TryParse(
        Environment.GetEnvironmentVariable("LIVEFACE_FUZZ_INPUTS"), NumberStyles.None, null, out var factor) ? factor : 1);

    public static int Count(int inputs) => inputs * Factor;

    /// <summary>Bytes without any sense.</summary>
    public static ReadOnlySpan<byte> Noise(Random random, Span<byte> buffer)
    {
        var noise = buffer[..random.Next(Math.Min(buffer.Length, 80))];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>A good input with a few bytes changed, cut off, doubled or put in.</summary>
    public static ReadOnlySpan<byte> Mutate(Random random, ReadOnlySpan<byte> good, Span<byte> buffer)
    {
        var length = Math.Min(good.Length, buffer.Length);
        good[..length].CopyTo(buffer);
        for (var changes = random.Next(1, 5); changes > 0 && length > 0; changes--)
        {
            var at = random.Next(random.Next(2) == 0 ? Math.Min(length, 40) : length);
            switch (random.Next(6))
            {
                case 0:
                    buffer[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    buffer[at] = (byte)random.Next(256);
                    break;
                case 2:
                    buffer[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    break;
                case 3:
                    length = at;
                    break;
                case 4 when length < buffer.Length:
                    buffer[at..length].CopyTo(buffer[(at + 1)..]);
                    length++;
                    break;
                default:
                    buffer[(at + 1)..length].CopyTo(buffer[at..]);
                    length--;
                    break;
            }
        }

        return buffer[..length];
    }
}
