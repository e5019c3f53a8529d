using System.Runtime.Intrinsics.X86;

namespace LiveFace.Media.Frames;

/// <summary>
/// For one axis: which source pixels make each output pixel and with what weights. Weights are 14-bit fractions that
/// sum to exactly one, so flat areas stay flat. Memory grows and is kept: rebuilding allocates nothing once
/// the largest size was seen, and the same request twice builds nothing.
/// </summary>
internal sealed unsafe class AxisTable
{
    /// <summary>One, as a weight.</summary>
    public const int One = 1 << WeightBits;

    public const int WeightBits = 14;

    /// <summary>A part of a pixel that is too small to be meant.</summary>
    private const double Sliver = 1e-7;

    /// <summary>Outputs of one 128-bit shuffle, and the farthest value that it reaches; of one of 512 bits, too.</summary>
    private const int ShuffleStep = 4, ShuffleReach = 7, PermuteReach = 31;

    /// <summary>How a shuffle names the bytes of the first two values, how a permutation does, and the ways to the next.</summary>
    private const uint FirstBytes = 0x03020100, NextBytes = 0x02020202, FirstWords = 0x00010000, NextWords = 0x00010001;

    /// <summary>Outputs are padded to this many, so that row kernels need no tails.</summary>
    public const int Lanes = 16;

    private (double Origin, double Length, int Count, int SourceLength, ResampleFilter Filter) _built;
    private AlignedMemory<int> _starts;
    private AlignedMemory<short> _pairs;
    private AlignedMemory<float> _exact;
    private AlignedMemory<double> _coverage;
    private AlignedMemory<uint> _shuffles;
    private AlignedMemory<uint> _words;

    /// <summary>How many outputs there are.</summary>
    public int Count => _built.Count;

    /// <summary>Outputs rounded up to whole vectors; those past <see cref="Count"/> weigh nothing.</summary>
    public int PaddedCount { get; private set; }

    /// <summary>Source pixels for each output; the same for all.</summary>
    public int Taps { get; private set; }

    /// <summary>Taps in twos, as the multiply-and-add instruction takes them.</summary>
    public int TapPairs => (Taps + 1) >> 1;

    /// <summary>The lowest source pixel that any output reads.</summary>
    public int First { get; private set; }

    /// <summary>One past the highest source pixel that any output reads.</summary>
    public int End { get; private set; }

    /// <summary>Whether each output is one source pixel, in order.</summary>
    public bool IsCopy { get; private set; }

    /// <summary>Whether output i starts at First + 2i: rows can then be read without looking up.</summary>
    public bool StepsByTwo { get; private set; }

    /// <summary>Whether each output is the average of two pixels of its own.</summary>
    public bool Halves { get; private set; }

    /// <summary>Whether the pixels for any four outputs lie within one 128-bit vector, so that a shuffle finds them.</summary>
    public bool IsNarrow { get; private set; }

    /// <summary>Whether <see cref="NearRow"/> can read it: no more than two pixels for an output, near each other.</summary>
    public bool IsNear { get; private set; }

    /// <summary>Whether <see cref="Words"/> are made.</summary>
    public static bool HasWords => Avx512BW.IsSupported;

    /// <summary>For a near table and each output, its two pixels, counted from its sixteen's first pixel.</summary>
    public uint* Words => _words.Start;

    /// <summary>For a narrow table and each output, the four bytes of its tap pair, counted from its four's first pixel.</summary>
    public byte* Shuffles => (byte*)_shuffles.Start;

    /// <summary>First source pixel of each output.</summary>
    public int* Starts => _starts.Start;

    /// <summary>Weights: for tap pair p and output i, two at <c>(p * PaddedCount + i) * 2</c>.</summary>
    public short* Pairs => _pairs.Start;

    /// <summary>Unrounded weights of one output.</summary>
    public ReadOnlySpan<float> Exact(int output) => _exact.Span.Slice(output * Taps, Taps);

    /// <summary>One rounded weight.</summary>
    public short Weight(int output, int tap) => Pairs[((tap >> 1) * PaddedCount + output) * 2 + (tap & 1)];

    /// <summary>
    /// Fills the table for <paramref name="count"/> outputs over the stretch that starts at
    /// <paramref name="origin"/> of an axis with <paramref name="sourceLength"/> pixels.
    /// </summary>
    public void Build(double origin, double length, int count, int sourceLength, ResampleFilter filter)
    {
        var request = (origin, length, count, sourceLength, filter);
        if (request == _built)
            return;

        _built = request;
        var scale = length / count;
        var area = filter == ResampleFilter.Area && scale > 1;
        Taps = Math.Min(sourceLength, area ? MostCovered(origin, scale, count) : 2);
        PaddedCount = Padded(count);
        Reserve(count, Taps);
        if (area)
            CoverAll(origin, scale, sourceLength);
        else
            MixAll(origin, scale, sourceLength);
        Describe();
    }

    /// <summary>Makes room for so many outputs of so many taps.</summary>
    public void Reserve(int count, int taps)
    {
        var padded = Padded(count);
        _starts.Grow(padded);
        _pairs.Grow(padded * 2 * ((taps + 1) >> 1));
        _exact.Grow(count * taps);
        _coverage.Grow(taps);
        _shuffles.Grow(padded);
        if (HasWords)
            _words.Grow(padded);
    }

    private static int Padded(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>
    /// Two pixels or, past an edge, one for each output. Windows move with each frame, and so this is made anew for most.
    /// </summary>
    private void MixAll(double origin, double scale, int sourceLength)
    {
        int* starts = Starts, pairs = (int*)Pairs;
        var last = sourceLength - Taps;
        for (var i = 0; i < Count; i++)
        {
            var centre = origin + (i + 0.5) * scale - 0.5;
            var floor = Math.Floor(centre);
            var left = (int)floor;
            var start = Math.Clamp(left, 0, last);
            var first = left == start ? (int)Math.Round((1 - (centre - floor)) * One) : left > start ? 0 : One;
            starts[i] = start;
            pairs[i] = Taps == 2 ? first | (One - first) << 16 : One;
        }

        new Span<int>(pairs + Count, PaddedCount - Count).Clear();
    }

    private void CoverAll(double origin, double scale, int sourceLength)
    {
        _pairs.Span[..(PaddedCount * 2 * TapPairs)].Clear();
        for (var i = 0; i < Count; i++)
            Store(i, Cover(origin + i * scale, scale, sourceLength));
    }

    /// <summary>How many pixels the output with the most of them touches: no more than the scale at whole ratios.</summary>
    private static int MostCovered(double origin, double scale, int count)
    {
        var most = 1;
        for (var i = 0; i < count; i++)
        {
            var (first, end) = Covered(origin + i * scale, scale);
            most = Math.Max(most, end - first);
        }

        return most;
    }

    /// <summary>The pixels that a stretch touches; slivers that only rounding makes are left out.</summary>
    private static (int First, int End) Covered(double from, double length) =>
        ((int)Math.Floor(from + Sliver), (int)Math.Ceiling(from + length - Sliver));

    private int Cover(double from, double length, int sourceLength)
    {
        var (first, end) = Covered(from, length);
        var start = Math.Clamp(first, 0, sourceLength - Taps);
        _coverage.Span[..Taps].Clear();
        for (var pixel = first; pixel < end; pixel++)
        {
            // What lies outside counts for the edge.
            var covered = Math.Min(pixel + 1, from + length) - Math.Max(pixel, from);
            _coverage.Start[Math.Clamp(pixel, 0, sourceLength - 1) - start] += covered / length;
        }

        return start;
    }

    private void Store(int output, int start)
    {
        Starts[output] = start;
        double sum = 0;
        for (var tap = 0; tap < Taps; tap++)
            sum += _coverage.Start[tap];

        // Rounding the running total instead of each weight makes the sum exact.
        double total = 0;
        var spent = 0;
        for (var tap = 0; tap < Taps; tap++)
        {
            total += _coverage.Start[tap] / sum;
            var upTo = (int)Math.Round(total * One);
            Pairs[((tap >> 1) * PaddedCount + output) * 2 + (tap & 1)] = (short)(upTo - spent);
            _exact.Start[output * Taps + tap] = (float)(_coverage.Start[tap] / sum);
            spent = upTo;
        }
    }

    private void Describe()
    {
        First = Starts[0];
        End = Starts[Count - 1] + Taps;
        IsCopy = true;
        for (var i = 0; i < Count && IsCopy; i++)
            // The last pixels of an unscaled row sit in the second slot, because a window never leaves the picture.
            IsCopy = IsOnly(i, First + i);
        StepsByTwo = TapPairs == 1;
        for (var i = 0; i < Count && StepsByTwo; i++)
            StepsByTwo = Starts[i] == First + 2 * i;
        Halves = StepsByTwo && Taps == 2;
        for (var i = 0; i < Count && Halves; i++)
            Halves = Weight(i, 0) == One / 2;
        _starts.Span[Count..PaddedCount].Fill(Starts[Count - 1]);
        DescribeShuffles();
    }

    private void DescribeShuffles()
    {
        var starts = Starts;
        IsNarrow = WriteShuffles(starts, _shuffles.Start, PaddedCount, ShuffleStep, FirstBytes, NextBytes) <= ShuffleReach;
        IsNear = Avx2.IsSupported && TapPairs == 1 && (HasWords
            ? WriteShuffles(starts, Words, PaddedCount, Lanes, FirstWords, NextWords) <= PermuteReach
            : IsNarrow);
    }

    /// <summary>Writes where each output's two pixels lie after its group's first one, and tells the farthest way to any.</summary>
    private static int WriteShuffles(int* starts, uint* shuffles, int count, int group, uint first, uint next)
    {
        var reach = 0;
        for (var from = 0; from < count; from += group)
        {
            for (var i = from; i < from + group; i++)
                shuffles[i] = first + (uint)(starts[i] - starts[from]) * next;
            reach = Math.Max(reach, starts[from + group - 1] - starts[from] + 1);
        }

        return reach;
    }

    private bool IsOnly(int output, int source)
    {
        var slot = source - Starts[output];
        return (uint)slot < (uint)Taps && Weight(output, slot) == One;
    }
}
