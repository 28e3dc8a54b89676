namespace Imker.Capture.Tests.Dissection;

/// <param name="Length">Bytes on the wire.</param>
internal sealed record TestPacket(byte[] Captured, int Length)
{
    public TestPacket Mutate(Random random)
    {
        byte[] bytes = [.. Captured];
        // Behind the addresses, so that most of it stays what it was.
        int first = Math.Min(12, bytes.Length - 1);
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int at = random.Next(first, bytes.Length);
            bytes[at] = random.Next(4) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(bytes[at] ^ 1 << random.Next(8)),
                2 => (byte)(bytes[at] + 1),
                _ => (byte)(random.Next(2) == 0 ? 0 : 255),
            };
        }
        return new TestPacket(bytes, Length);
    }
}
