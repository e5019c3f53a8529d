namespace LiveFace.WebRtc.Tests.Fuzz;

/// <summary>Makes broken inputs out of good ones, the same ones in every run; LIVEFACE_FUZZ_INPUTS makes more of them.</summary>
internal sealed class Mutation(int seed)
{
    readonly Random _random = new(seed);

    /// <summary>How many inputs a test feeds.</summary>
    public static int Count(int normal) =>
        int.TryParse(Environment.GetEnvironmentVariable("LIVEFACE_FUZZ_INPUTS"), out var factor) ? normal * factor : normal;

    public Random Random => _random;

    /// <summary>Turns bits, sets tempting bytes, cuts, doubles and joins.</summary>
    public byte[] Mutate(byte[] good)
    {
        var bytes = good.ToArray();
        for (var changes = _random.Next(1, 5); changes > 0 && bytes.Length > 0; changes--)
        {
            var at = _random.Next(bytes.Length);
            switch (_random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)(_random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => 0x7F });
                    break;
                case 2:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 3:
                    bytes = bytes[..at];
                    break;
                case 4:
                    bytes = [.. bytes[..at], .. bytes[_random.Next(at + 1)..]];
                    break;
                default:
                    bytes = [.. bytes, .. bytes[at..]];
                    break;
            }

            if (bytes.Length > 8000)
                bytes = bytes[..8000];
        }

        return bytes;
    }

    public byte[] RandomBytes(int longest)
    {
        var bytes = new byte[_random.Next(longest + 1)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
