using Imker.Verifier.Domain;
using Arithmetic = Imker.Verifier.Domain.ScalarArithmetic<Imker.Verifier.Tests.Domain.Width8>;

namespace Imker.Verifier.Tests.Domain;

/// <summary>Sets of 8-bit numbers as the domain describes them, and which numbers are meant.</summary>
internal static class Numbers
{
    /// <summary>Whether a number is among those described: in both bounds of both widths, with the known bits.</summary>
    public static bool Contains(in Scalar set, int number)
    {
        ulong value = (byte)number;
        return set.Known.Contains(value) && IsWithin(set.Whole, value, 8) && IsWithin(set.Low, value & 0xf, 4);
    }

    public static List<int> Of(in Scalar set)
    {
        var found = new List<int>();
        for (int n = 0; n < 256; n++)
        {
            if (Contains(set, n))
                found.Add(n);
        }
        return found;
    }

    /// <summary>Sets of every shape: ranges of either sign, known bits, bounds of the lower half, and what settling makes of them together.</summary>
    public static List<Scalar> Samples(int seed, int count)
    {
        var random = new Random(seed);
        var samples = new List<Scalar>();
        while (samples.Count < count)
        {
            Scalar set = Arithmetic.Unknown();
            int shape = random.Next(32);
            if ((shape & 1) != 0)
                (set.Whole.UMin, set.Whole.UMax) = Ordered(random, 0, 255);
            if ((shape & 2) != 0)
                (set.Whole.SMin, set.Whole.SMax) = OrderedSigned(random, -128, 127);
            if ((shape & 4) != 0)
                (set.Low.UMin, set.Low.UMax) = Ordered(random, 0, 15);
            if ((shape & 8) != 0)
                (set.Low.SMin, set.Low.SMax) = OrderedSigned(random, -8, 7);
            if ((shape & 16) != 0)
            {
                ulong mask = (ulong)random.Next(256);
                set.Known = new Tnum((ulong)random.Next(256) & ~mask, mask);
            }
            if (Of(set).Count > 0)
                samples.Add(set);
        }
        return samples;
    }

    private static bool IsWithin(in Interval range, ulong value, int bits)
    {
        long signed = Widths.SignExtend(value, bits);
        return value >= range.UMin && value <= range.UMax && signed >= range.SMin && signed <= range.SMax;
    }

    private static (ulong, ulong) Ordered(Random random, int from, int to)
    {
        int a = random.Next(from, to + 1), b = random.Next(from, to + 1);
        return ((ulong)Math.Min(a, b), (ulong)Math.Max(a, b));
    }

    private static (long, long) OrderedSigned(Random random, int from, int to)
    {
        int a = random.Next(from, to + 1), b = random.Next(from, to + 1);
        return (Math.Min(a, b), Math.Max(a, b));
    }
}
